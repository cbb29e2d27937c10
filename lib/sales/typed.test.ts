import { expect, test } from "vitest";
import { codeOfScan, readTyped } from "./model";

test.each([
  ["482913", { kind: "code", code: "482913" }],
  [" 482 913 ", { kind: "code", code: "482913" }],
  ["000000", { kind: "code", code: "000000" }],
  [
    "L-0f8fad5b-d9cb-469f-a165-70867728950e",
    { kind: "code", code: "L-0f8fad5b-d9cb-469f-a165-70867728950e" },
  ],
  ["+380 67 123-45-67", { kind: "phone", phone: "+380671234567" }],
  ["067 123 45 67", { kind: "phone", phone: "+380671234567" }],
  ["671234567", { kind: "phone", phone: "+380671234567" }],
  ["e-0123456789ab", { kind: "held", code: "E-0123456789AB" }],
  ["7KQM-29XT-HHWP-4RCA", { kind: "held", code: "7KQM29XTHHWP4RCA" }],
  ["Абдурахмангаджиев", { kind: "name", name: "Абдурахмангаджиев" }],
  ["Олена", { kind: "name", name: "Олена" }],
  ["anna 2", { kind: "name", name: "anna 2" }],
  ["", { kind: "unfinished" }],
  ["48291", { kind: "unfinished" }],
  ["4829134", { kind: "unfinished" }],
  ["+3806", { kind: "unfinished" }],
  ["+0671234567890", { kind: "unreadable" }],
  ["12345678901234567890", { kind: "unreadable" }],
] as const)("reads %j", (text, typed) => expect(readTyped(text, "uk")).toEqual(typed));

test.each([
  ["482913", "482913"],
  ["https://kolo.example/c/482913", "482913"],
  ["https://kolo.example/uk/card?code=482913&x=1", "482913"],
  ["https://kolo.example/join/4829134", undefined],
  ["E-0123456789AB", "E-0123456789AB"],
  ["tel:482913", undefined],
  ["4829131", undefined],
  ["hello", undefined],
] as const)("finds the code in %j", (text, code) => expect(codeOfScan(text)).toBe(code));
