import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holder, takeLock } from "./lock";
import { birthMark } from "./processes";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kolo-lock-"));
  file = path.join(folder, "lock.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a second start on the same data is refused with the first one's pid, until the first lets go", () => {
  const letGo = takeLock(file, "npm start");
  expect(() => takeLock(file, "npm run dev")).toThrow(
    `already running on the data in ${folder} (npm start, process ${process.pid})`,
  );
  letGo();
  takeLock(file, "npm run dev")();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["a process that is gone", { pid: 2 ** 22 + 1, born: "yesterday" }],
  ["another process with the same pid", { pid: process.pid, born: "yesterday" }],
])("a lock of %s is stale", (_, stale) => {
  writeFileSync(file, JSON.stringify({ ...stale, doing: "npm start" }));
  expect(holder(file)).toBeUndefined();
  takeLock(file, "npm start");
  expect(holder(file)).toEqual({ pid: process.pid, born: birthMark(process.pid), doing: "npm start" });
});

test("a lock cut off while it was written is stale", () => {
  writeFileSync(file, '{"pid": 1');
  takeLock(file, "npm start");
  expect(readFileSync(file, "utf8")).toContain(String(process.pid));
});
