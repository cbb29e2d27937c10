import type { NumberTest } from "../../rule/model";

/** Whether a number passes a test. */
export function passesNumber(test: NumberTest, value: number): boolean {
  switch (test.op) {
    case "at_least":
      return value >= test.value;
    case "at_most":
      return value <= test.value;
    case "exactly":
      return value === test.value;
    case "between":
      return value >= test.from && value <= test.to;
  }
}

/** Whether `part / whole` passes, without dividing: whole numbers compare the same everywhere. */
export function passesRatio(test: NumberTest, part: number, whole: number): boolean {
  return test.op === "between"
    ? part >= test.from * whole && part <= test.to * whole
    : passesNumber({ op: test.op, value: test.value * whole }, part);
}
