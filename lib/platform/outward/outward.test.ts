/** Outward calls: private addresses stay out of reach, by number and by name. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test, vi } from "vitest";
import { callOutward, retryAfterMs } from ".";
import { isPrivateAddress } from "./model";

const allowed = { value: "0" };
vi.mock("../env", () => ({ env: () => ({ KOLO_ALLOW_PRIVATE: allowed.value }) }));

const server = createServer((request, response) => {
  if (request.url === "/slow") return;
  if (request.url === "/big") response.end("x".repeat(200_000));
  else if (request.url === "/away") response.writeHead(302, { Location: "http://example.com/" }).end();
  else response.end("hello");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.closeAllConnections());

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.100.1.1",
  "0.0.0.0",
  "255.255.255.255",
  "::1",
  "::",
  "fd00::1",
  "fe80::1%eth0",
  "::ffff:10.0.0.1",
  "::ffff:a00:1",
  "64:ff9b::a00:1",
  "2002:a00:1::",
  "ff02::1",
])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
test.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
  "%s is not",
  (address) => expect(isPrivateAddress(address)).toBe(false),
);

test("a private address is not called, by number or by name, until the operator allows it", async () => {
  allowed.value = "0";
  for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
    await expect(callOutward(`http://${host}:${port}/`)).rejects.toMatchObject({ code: "private_address" });
  for (const bad of ["file:///etc/passwd", "ftp://example.com", "nonsense"])
    await expect(callOutward(bad)).rejects.toMatchObject({ code: "bad_address" });
  allowed.value = "1";
  expect(await callOutward(`http://localhost:${port}/`)).toMatchObject({ status: 200, text: "hello" });
});

test("time and size are bounded, redirects not followed", async () => {
  allowed.value = "1";
  await expect(callOutward(`http://127.0.0.1:${port}/slow`, { timeoutMs: 100 })).rejects.toMatchObject({
    code: "timeout",
    mayHaveArrived: true,
  });
  expect((await callOutward(`http://127.0.0.1:${port}/big`)).text.length).toBeLessThanOrEqual(64_000);
  expect((await callOutward(`http://127.0.0.1:${port}/away`)).status).toBe(302);
  await expect(callOutward("http://127.0.0.1:1/")).rejects.toMatchObject({
    code: "network",
    mayHaveArrived: false,
  });
});

test("Retry-After as seconds, as a date, as nonsense", () => {
  const now = new Date("2026-03-10T10:00:00Z");
  expect(retryAfterMs({ "retry-after": "7" }, now)).toBe(7000);
  expect(retryAfterMs({ "retry-after": "Tue, 10 Mar 2026 10:00:30 GMT" }, now)).toBe(30_000);
  expect(retryAfterMs({ "retry-after": "soon" }, now)).toBeUndefined();
});
