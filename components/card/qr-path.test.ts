import { expect, test } from "vitest";
import { qrPath } from "./qr-path";

test("runs of dark squares become one rectangle each, row by row", () => {
  // ##.
  // ..#
  // ###
  expect(qrPath(3, [1, 1, 0, 0, 0, 1, 1, 1, 1])).toBe("M0 0h2v1h-2zM2 1h1v1h-1zM0 2h3v1h-3z");
});

test("a run ends with its row", () => expect(qrPath(2, [0, 1, 1, 0])).toBe("M1 0h1v1h-1zM0 1h1v1h-1z"));

test("nothing dark, nothing drawn", () => expect(qrPath(2, [0, 0, 0, 0])).toBe(""));
