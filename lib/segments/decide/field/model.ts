/** A question about what is known of the member. */
import { dayOf } from "../../../kernel/time";
import { birthdayAfter, dayCrossings, type Moment, passesDay, yearsBetween } from "../../calendar/model";
import { fieldOf } from "../../fields/model";
import type { ChoiceTest, FieldLeaf, KnownTest, NumberTest, TextTest } from "../../rule/model";
import type { Facts } from "../facts/model";
import type { Bound } from "../model";
import { passesNumber } from "../number/model";

const isKnownTest = (test: { readonly op: string }): test is KnownTest =>
  test.op === "known" || test.op === "unknown";

const passesKnown = (test: KnownTest, value: unknown) => (value === null) === (test.op === "unknown");

function passesText(test: TextTest, value: string | null): boolean {
  if (isKnownTest(test)) return passesKnown(test, value);
  if (value === null) return false;
  const [own, asked] = [value.toLowerCase(), test.value.toLowerCase()];
  if (test.op === "is") return own === asked;
  return test.op === "starts" ? own.startsWith(asked) : own.includes(asked);
}

function passesMaybe(test: NumberTest | KnownTest, value: number | null): boolean {
  if (isKnownTest(test)) return passesKnown(test, value);
  return value !== null && passesNumber(test, value);
}

function passesChoice(test: ChoiceTest<string> | KnownTest, value: string | null): boolean {
  if (isKnownTest(test)) return passesKnown(test, value);
  return (value !== null && test.values.includes(value)) === (test.op === "in");
}

const never = (): readonly number[] => [];

const textOf = (value: unknown) => (typeof value === "string" ? value : null);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

/** Ties a field's question to a member. A field nobody knows any more holds for nobody. */
export function bindField(leaf: FieldLeaf, facts: Facts, zone: string): Bound {
  const field = fieldOf(leaf.field);
  const value = facts.fields[leaf.field] ?? null;
  const steady = (isIn: boolean, seen = value): Bound => ({
    holds: () => isIn,
    seen: () => seen,
    crossings: never,
  });
  switch (leaf.kind) {
    case "text":
      return steady(passesText(leaf.test, textOf(value)));
    case "choice":
      return steady(passesChoice(leaf.test, textOf(value)));
    case "flag":
      return steady((value === true) === leaf.test.is);
    case "set": {
      const own = facts.sets[leaf.field] ?? [];
      const { op, values } = leaf.test;
      const isIn =
        op === "all" ? values.every((one) => own.includes(one)) : values.some((one) => own.includes(one));
      return { holds: () => isIn === (op !== "none"), seen: () => own, crossings: never };
    }
    case "number":
      return field?.isYearsSince
        ? bindYears(leaf, textOf(value))
        : steady(passesMaybe(leaf.test, numberOf(value)));
    case "day": {
      const day = typeof value === "number" ? dayOf(new Date(value), zone) : textOf(value);
      return {
        holds: (moment) => passesDay(leaf.test, day, moment),
        seen: () => day,
        crossings: (moment) => dayCrossings(leaf.test, day, moment),
        isPartial: leaf.test.op === "anniversary",
      };
    }
  }
}

function bindYears(leaf: FieldLeaf & { kind: "number" }, day: string | null): Bound {
  const years = ({ today }: Moment) => (day === null ? null : yearsBetween(day, today));
  return {
    holds: (moment) => passesMaybe(leaf.test, years(moment)),
    seen: years,
    crossings: (moment) => (day === null || isKnownTest(leaf.test) ? [] : [birthdayAfter(day, moment)]),
    isPartial: true,
  };
}
