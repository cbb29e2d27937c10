import { expect, test } from "vitest";
import { STREAMS_MAX, takeStream } from "./streams";

test("a person holds so many streams and no more, and gets a place back with each one closed, once", () => {
  const held = Array.from({ length: STREAMS_MAX }, () => takeStream(1n));
  expect(held.every((release) => release !== undefined)).toBe(true);
  expect(takeStream(1n)).toBeUndefined();
  expect(takeStream(2n)).toBeDefined();
  held[0]?.();
  held[0]?.();
  expect(takeStream(1n)).toBeDefined();
  expect(takeStream(1n)).toBeUndefined();
});
