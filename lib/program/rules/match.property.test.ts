/** The index leads a bill to the very rules that asking each of them would find. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Day, dayOf, daysBetween, wallClock } from "@/lib/kernel/time";
import type { BillLine, Standing } from "@/lib/program/model";
import { ruleOf, standing, ZONE } from "@/tests/support/rules";
import { compile } from "./compile/model";
import { askedOf } from "./conditions/model";
import { Misses, match } from "./match/model";
import { ALWAYS, type Around, type Rule, type When } from "./model";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });
const some = <T>(...values: readonly T[]) => maybe(fc.subarray([...values], { minLength: 1 }));
const around = maybe(fc.record({ before: fc.nat(40), after: fc.nat(40) }));
const dateIn = (min: string, max: string) =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
const conditions: fc.Arbitrary<Partial<When>> = fc.record({
  goods: maybe(
    fc.record({
      items: fc.subarray([1n, 2n, 3n]),
      categories: fc.subarray(["a", "b"]),
      isExcept: fc.boolean(),
    }),
  ),
  locations: some(1n, 2n),
  hours: maybe(
    fc.array(
      fc.record({
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        from: fc.nat(1_439),
        to: fc.nat(1_440),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  ),
  dates: maybe(
    fc.record({
      from: maybe(dateIn("2026-01-01", "2026-12-01")),
      to: maybe(dateIn("2026-02-01", "2026-12-31")),
    }),
  ),
  tiers: some("base", "silver"),
  segments: some(1n, 2n, 3n),
  tags: some(1n, 2n),
  first: maybe(fc.constantFrom("day" as const, "month" as const, "ever" as const)),
  visit: maybe(
    fc.record({
      is: fc.constantFrom("every" as const, "exactly" as const, "atLeast" as const),
      n: fc.integer({ min: 1, max: 4 }),
    }),
  ),
  minBillMinor: maybe(fc.bigInt(0n, 900n)),
  isPrepaid: fc.boolean(),
  birthday: around,
  anniversary: around,
  isHeld: fc.boolean(),
});
const KEYS = Object.keys(ALWAYS) as (keyof When)[];
/** Few conditions each, so that rules also hold. */
const when = fc
  .tuple(conditions, fc.subarray(KEYS, { maxLength: 3 }))
  .map(([all, kept]) => Object.fromEntries(kept.map((key) => [key, all[key] ?? ALWAYS[key]])));
const bill = fc.record({
  at: fc.date({
    min: new Date("2026-01-01T00:00:00Z"),
    max: new Date("2028-12-31T00:00:00Z"),
    noInvalidDate: true,
  }),
  lines: fc.array(
    fc.record({ itemId: maybe(fc.bigInt(1n, 4n)), category: maybe(fc.constantFrom("a", "b", "c")) }),
    { minLength: 1, maxLength: 4 },
  ),
  locationId: maybe(fc.bigInt(1n, 3n)),
  totalMinor: fc.bigInt(0n, 1_000n),
  isPrepaid: fc.boolean(),
  held: fc.subarray([1n, 2n, 3n, 4n, 5n]),
});
const who: fc.Arbitrary<Standing> = fc
  .record({
    tierId: fc.constantFrom("base", "silver", "gold"),
    segments: fc.subarray([1n, 2n, 3n, 4n]),
    tags: fc.subarray([1n, 2n, 3n]),
    isFirst: fc.boolean(),
    visits: fc.nat(9),
    birthDate: fc.constantFrom(null, "1992-02-29", "1980-01-02", "2001-07-15"),
    createdAt: dateIn("2024-01-01", "2026-12-31").map((day) => new Date(day)),
    lastAt: maybe(dateIn("2025-12-01", "2028-12-31").map((day) => new Date(day))),
  })
  .map((each) => standing(each));
type Asked = typeof bill extends fc.Arbitrary<infer T> ? T : never;

/** Each condition as its words say, one by one; the places of the goods, and what does not hold. */
function naively(rule: Rule, { at, ...asked }: Asked, member: Standing) {
  const { when: need } = rule;
  const { day, weekday, minute } = wallClock(at, ZONE);
  const visit = (member.visits ?? 0) + 1;
  const last = member.lastAt && !member.isFirst ? dayOf(member.lastAt, ZONE) : null;
  const places = asked.lines.flatMap(({ itemId, category }, no) => {
    const isOf =
      need.goods === null ||
      need.goods.items.some((id) => id === itemId) ||
      need.goods.categories.some((name) => name === category);
    return isOf !== (need.goods?.isExcept ?? false) ? [no] : [];
  });
  const minutes = (weekday - 1) * 1_440 + minute;
  const inHours = (need.hours ?? []).some(({ weekdays, from, to }) =>
    weekdays.some((begins) => {
      const since = (minutes - (begins - 1) * 1_440 - from + 2 * 10_080) % 10_080;
      return since < (to > from ? to - from : to - from + 1_440);
    }),
  );
  const missed = [
    places.length === 0 && "missed_goods",
    need.locations && !need.locations.includes(asked.locationId ?? 0n) && "missed_location",
    need.hours && !inHours && "missed_hours",
    need.tiers && !need.tiers.includes(member.tierId) && "missed_tier",
    need.segments && !need.segments.some((id) => member.segments?.includes(id)) && "missed_segment",
    need.tags && !need.tags.some((id) => member.tags?.includes(id)) && "missed_tag",
    need.first === "ever" && !member.isFirst && "missed_first",
    need.first === "day" && last !== null && last >= day && "missed_first",
    need.first === "month" && last !== null && last.slice(0, 7) >= day.slice(0, 7) && "missed_first",
    need.visit?.is === "every" && visit % need.visit.n > 0 && "missed_visit",
    need.visit?.is === "exactly" && visit !== need.visit.n && "missed_visit",
    need.visit?.is === "atLeast" && visit < need.visit.n && "missed_visit",
    need.minBillMinor !== null && asked.totalMinor < need.minBillMinor && "missed_minimum",
    need.isPrepaid && !asked.isPrepaid && "missed_prepaid",
    need.birthday && !isNear(member.birthDate ?? null, need.birthday, day) && "missed_birthday",
    need.anniversary && !isYearSince(member, need.anniversary, day) && "missed_anniversary",
  ].filter((code) => typeof code === "string");
  const { dates } = need;
  const isDay = !(dates?.from && day < dates.from) && !(dates?.to && day > dates.to);
  const isThere = isDay && (!need.isHeld || asked.held.includes(rule.id));
  return { places, missed, isThere };
}

function returns(date: Day): Day[] {
  return [2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030].map((year) => {
    const isShort = date.endsWith("02-29") && year % 4 > 0;
    return `${year}-${isShort ? "02-28" : date.slice(5)}`;
  });
}
const within = (back: Day, { before, after }: Around, today: Day) =>
  daysBetween(back, today) >= -before && daysBetween(back, today) <= after;
const isNear = (born: Day | null, near: Around, today: Day) =>
  born !== null && returns(born).some((back) => within(back, near, today));
function isYearSince({ createdAt }: Standing, near: Around, today: Day): boolean {
  const joined = createdAt ? dayOf(createdAt, ZONE) : null;
  return joined !== null && returns(joined).some((back) => back > joined && within(back, near, today));
}

test("a bill meets the rules that hold and is told the near misses, as if each rule had been asked", () => {
  let held = 0;
  fc.assert(
    fc.property(fc.array(when, { maxLength: 12 }), bill, who, (asks, asked, member) => {
      const all = asks.map((each, no) => ruleOf({ id: BigInt(no + 1), when: each }));
      const misses = new Misses();
      const lines: BillLine[] = asked.lines.map((line) => ({ ...line, quantity: 1, amountMinor: 1n }));
      const facts = {
        asked: askedOf(member, asked, wallClock(asked.at, ZONE), ZONE),
        lines,
        held: asked.held,
      };
      const matches = match(compile(all), facts, misses);
      const wanted = all.map((rule) => ({ rule, ...naively(rule, asked, member) }));
      expect(matches.map(({ ready, lines: places }) => [ready.rule.id, places])).toEqual(
        wanted
          .filter(({ isThere, missed }) => isThere && missed.length === 0)
          .map(({ rule, places }) => [rule.id, places]),
      );
      held += matches.length;
      const near = wanted.filter(({ isThere, missed }) => isThere && missed.length === 1);
      const told = misses.first().map(({ code, ruleId }) => `${ruleId} ${code}`);
      expect(told.toSorted()).toEqual(near.map(({ rule, missed }) => `${rule.id} ${missed[0]}`).toSorted());
    }),
    { numRuns: 1_000 },
  );
  expect(held).toBeGreaterThan(500);
});
