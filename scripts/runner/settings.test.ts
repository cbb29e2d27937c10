import { createServer } from "node:net";
import { expect, test } from "vitest";
import { appRole, appUrl } from "./app-role";
import { freePort } from "./free-port";
import { whyFailed } from "./install.mjs";
import { diskFull } from "./problem";
import { checkPort, readSettings } from "./settings";

const settings = (env: Record<string, string>) => readSettings({ NODE_ENV: "test", ...env });

test("defaults", () => {
  expect(settings({})).toEqual({ port: 3000, host: "127.0.0.1", baseUrl: "http://localhost:3000" });
  expect(settings({ PORT: "80", KOLO_BASE_URL: "https://kolo.example/" }).baseUrl).toBe(
    "https://kolo.example",
  );
});

test.each(["abc", "0", "70000", "3000.5", "-1"])("PORT=%s is refused with what to give", (port) => {
  expect(() => settings({ PORT: port })).toThrow("give a number from 1 to 65535");
});

test("an address without its scheme is refused", () => {
  expect(() => settings({ KOLO_BASE_URL: "kolo.example" })).toThrow("give the whole address");
});

test("a busy port is one sentence with another to try, wherever the other program listens", async () => {
  const port = await freePort();
  for (const host of ["127.0.0.1", "0.0.0.0"]) {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, host, resolve));
    await expect(checkPort(settings({ PORT: String(port) }))).rejects.toThrow(`PORT=${port + 1} npm start`);
    await new Promise((resolve) => other.close(resolve));
  }
  await checkPort(settings({ PORT: String(port) }));
});

test("an address that is not this machine's is one sentence", async () => {
  await expect(checkPort(settings({ HOST: "192.0.2.1" }))).rejects.toThrow("cannot serve on 192.0.2.1");
});

test("the app's address follows from the owner's and the secret", () => {
  const url = new URL(appUrl("postgresql://owner:pass@db.example:6432/kolo?sslmode=require", "secret"));
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    "kolo_app_kolo",
    "db.example:6432",
    "/kolo",
    "?sslmode=require",
  ]);
  expect(url.password).toMatch(/^[\w-]{43}$/);
  expect(appUrl("postgresql://o@h/a", "secret")).not.toBe(appUrl("postgresql://o@h/a", "another"));
  expect(appRole("x".repeat(63)).length).toBeLessThanOrEqual(63);
});

test("a full disk is recognised in the words of every tool", () => {
  expect(diskFull(new Error("ENOSPC: no space left on device, write"))?.message).toContain("disk is full");
  expect(diskFull(new Error("outer", { cause: new Error("No space left on device") }))).toBeDefined();
  expect(diskFull(new Error("another error"))).toBeUndefined();
});

test.each([
  ["npm error code ENOSPC", "disk is full"],
  [
    "npm error network request to https://example failed, reason: ECONNREFUSED",
    "could not reach its package registry",
  ],
  ["npm error code EACCES", "make it yours"],
  ["npm error code EUSAGE", "name different packages"],
  ["npm error something new", "run `npm ci` to see"],
])("npm says %s", (said, means) => expect(whyFailed(said)).toContain(means));
