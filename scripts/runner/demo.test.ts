import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { block, keepDemo, readDemo } from "./demo";

const demo = {
  companyId: 42,
  apiKey: "key",
  owner: { email: "owner@kolo.example", password: "o" },
  cashier: { email: "cashier@kolo.example", password: "c", externalId: "x" },
  member: { email: "member@kolo.example", how: "ask for a code" },
  card: "/en/card",
  desk: "/en/desk",
  office: "/en/office",
};

test("the block names every address with what is needed to use it", () => {
  expect(block("http://localhost:3000", demo, "7.0 s")).toBe(`
Kolo is ready (7.0 s).

  Card      http://localhost:3000/en/card     member@kolo.example (ask for a code)
  Desk      http://localhost:3000/en/desk     cashier@kolo.example / c
  Office    http://localhost:3000/en/office   owner@kolo.example / o
  Till API  http://localhost:3000/partner/v2  company id 42, API key key
`);
  expect(block("https://kolo.example", undefined, "7.0 s")).toContain(
    "  Office    https://kolo.example/en/office\n",
  );
});

test("demo.json keeps what the seed said and follows the address", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kolo-demo-"));
  expect(readDemo(folder)).toBeUndefined();
  keepDemo(folder, { ...demo, more: 1 }, "http://localhost:3000");
  const kept = readDemo(folder);
  expect(kept).toMatchObject({ ...demo, more: 1, baseUrl: "http://localhost:3000" });
  if (kept) keepDemo(folder, kept, "http://localhost:4000");
  expect(JSON.parse(readFileSync(path.join(folder, "demo.json"), "utf8"))).toMatchObject({
    baseUrl: "http://localhost:4000",
  });
  expect(statSync(path.join(folder, "demo.json")).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});
