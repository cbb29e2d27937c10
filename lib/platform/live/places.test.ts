import { expect, test } from "vitest";
import { STREAMS_MAX, takePlace } from "./places";

test("a person holds so many streams and no more, and gets a place back with each one closed, once", () => {
  const held = Array.from({ length: STREAMS_MAX }, () => takePlace("one"));
  expect(held.every((release) => release !== undefined)).toBe(true);
  expect(takePlace("one")).toBeUndefined();
  expect(takePlace("two")).toBeDefined();
  held[0]?.();
  held[0]?.();
  expect(takePlace("one")).toBeDefined();
  expect(takePlace("one")).toBeUndefined();
});
