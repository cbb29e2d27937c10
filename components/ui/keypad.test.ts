import { expect, test } from "vitest";
import { type Key, press } from "./keypad";

const type = (keys: readonly Key[]) => keys.reduce((text, key) => press(text, key), "");

test.each<[string, Key[], string]>([
  ["digits", ["1", "2", "0"], "120"],
  ["a leading zero gives way", ["0", "5"], "5"],
  ["a fraction", ["7", "separator", "5", "0"], "7,50"],
  ["no third decimal", ["7", "separator", "5", "0", "9"], "7,50"],
  ["one separator", ["7", "separator", "separator", "1"], "7,1"],
  ["a separator first", ["separator", "5"], "0,5"],
  ["erasing", ["1", "2", "back", "3"], "13"],
  ["erasing nothing", ["back"], ""],
])("%s", (_, keys, text) => expect(type(keys)).toBe(text));

test("stops at the longest text", () => expect(press("123456", "7", { max: 6 })).toBe("123456"));
