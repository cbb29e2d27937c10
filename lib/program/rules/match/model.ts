/** Which rules hold for a bill, and which were one condition away. */
import { addDays, type Day, dayOf, daysBetween, type WallClock } from "../../../kernel/time";
import type { BillLine, Reason, Standing } from "../../model";
import type { Compiled, Ready } from "../compile/model";
import { type Around, type Hours, MISSED_REASONS, type MissedCode, type When } from "../model";

export type Facts = {
  readonly standing: Standing;
  readonly lines: readonly BillLine[];
  readonly totalMinor: bigint;
  readonly locationId: bigint | null;
  readonly held: ReadonlySet<bigint>;
  readonly isPrepaid: boolean;
  readonly clock: WallClock;
  readonly zone: string;
};

/** A rule that holds, with the places of its goods on the bill. */
export type Match = { readonly ready: Ready; readonly lines: readonly number[] };

/** Explanations of what did not happen are a list to read, not a catalogue. */
export const MISSED_MAX = 20;
/** Among so many, in their order, goods that are missing are looked for. */
const LOOKED_MAX = 200;

/** Near misses, kept apart by kind so that the kinds people can do something about come first. */
export class Misses {
  private readonly kinds = new Map<MissedCode, Reason[]>();

  add(code: MissedCode, ready: Ready, values: Readonly<Record<string, string | number | null>> = {}): void {
    const known = this.kinds.get(code) ?? [];
    if (known.length >= MISSED_MAX) return;
    known.push({ ...named(code, ready), ...values });
    this.kinds.set(code, known);
  }

  /** Whether no more of a kind will be listed. */
  isFull(code: MissedCode): boolean {
    return (this.kinds.get(code)?.length ?? 0) >= MISSED_MAX;
  }

  first(): Reason[] {
    return MISSED_REASONS.flatMap((code) => this.kinds.get(code) ?? []).slice(0, MISSED_MAX);
  }
}

/** The beginning of every reason a rule gives. */
export const named = (code: Reason["code"], { rule }: Ready): Reason => ({
  code,
  rule: rule.name,
  ruleId: rule.id.toString(),
});

/** Asks every rule of the day. */
export function match(compiled: Compiled, facts: Facts, misses: Misses): Match[] {
  const hits = hitsOf(compiled, facts.lines);
  const member = memberOf(facts);
  const everything = facts.lines.map((_, index) => index);
  const matches: Match[] = [];
  const live = compiled.on(facts.clock.day);
  // Ten thousand rules are mostly for goods that are not here: only those are asked that the bill's goods lead to, or none.
  const led = [...hits.keys()].filter((ready) => live.has.has(ready) && !ready.rule.when.goods?.isExcept);
  for (const ready of [...live.loose, ...led].toSorted((a, b) => a.order - b.order)) {
    const { when } = ready.rule;
    if (when.isHeld && !facts.held.has(ready.rule.id)) continue;
    const lines = when.goods?.isExcept
      ? without(everything, hits.get(ready))
      : when.goods
        ? hits.get(ready)
        : everything;
    const missed = missedBy(ready, facts, member, lines);
    if (missed === undefined) matches.push({ ready, lines: lines ?? [] });
    else if (missed !== "several") misses.add(missed, ready, valuesOf(missed, when, facts));
  }
  for (const ready of live.all.slice(0, LOOKED_MAX)) {
    const { goods, isHeld } = ready.rule.when;
    if (!goods || goods.isExcept || isHeld || hits.has(ready) || misses.isFull("missed_goods")) continue;
    if (missedBy(ready, facts, member, undefined) === "missed_goods") misses.add("missed_goods", ready);
  }
  return matches;
}

function hitsOf(compiled: Compiled, lines: readonly BillLine[]): Map<Ready, number[]> {
  const hits = new Map<Ready, number[]>();
  const note = (found: readonly Ready[] | undefined, index: number) => {
    for (const ready of found ?? []) {
      const known = hits.get(ready);
      if (!known) hits.set(ready, [index]);
      else if (known.at(-1) !== index) known.push(index);
    }
  };
  for (const [index, { itemId, category }] of lines.entries()) {
    if (itemId !== null) note(compiled.byItem.get(Number(itemId)), index);
    if (category !== null) note(compiled.byCategory.get(category), index);
  }
  return hits;
}

const without = (all: readonly number[], some: readonly number[] | undefined) =>
  some ? all.filter((index) => !some.includes(index)) : all;

/** What all rules ask of the member, worked out once. */
type Member = {
  readonly visit: number;
  readonly isFirst: Readonly<Record<"day" | "month" | "ever", boolean>>;
  readonly segments: readonly number[];
  readonly tags: readonly number[];
  readonly joined: Day | null;
};

function memberOf({ standing, clock, zone }: Facts): Member {
  const { visits = standing.isFirst ? 0 : 1, lastAt, segments = [], tags = [], createdAt } = standing;
  const last = lastAt ? dayOf(lastAt, zone) : "";
  return {
    visit: visits + 1,
    isFirst: {
      ever: standing.isFirst,
      day: standing.isFirst || last < clock.day,
      month: standing.isFirst || last.slice(0, 7) < clock.day.slice(0, 7),
    },
    segments: segments.map(Number),
    tags: tags.map(Number),
    joined: createdAt ? dayOf(createdAt, zone) : null,
  };
}

/** The one condition that does not hold; nothing when all do. */
function missedBy(
  ready: Ready,
  facts: Facts,
  member: Member,
  lines: readonly number[] | undefined,
): MissedCode | "several" | undefined {
  const { when } = ready.rule;
  let missed: MissedCode | undefined;
  const more = (holds: boolean, code: MissedCode): boolean => {
    if (holds) return false;
    if (missed !== undefined) return true;
    missed = code;
    return false;
  };
  const { standing, clock } = facts;
  if (more(lines !== undefined && lines.length > 0, "missed_goods")) return "several";
  if (ready.locations && more(ready.locations.has(Number(facts.locationId ?? 0)), "missed_location"))
    return "several";
  if (when.hours && more(isWithin(when.hours, clock), "missed_hours")) return "several";
  if (ready.tiers && more(ready.tiers.has(standing.tierId), "missed_tier")) return "several";
  if (ready.segments && more(meets(ready.segments, member.segments), "missed_segment")) return "several";
  if (ready.tags && more(meets(ready.tags, member.tags), "missed_tag")) return "several";
  if (when.first && more(member.isFirst[when.first], "missed_first")) return "several";
  if (when.visit && more(isVisit(when.visit, member.visit), "missed_visit")) return "several";
  if (when.minBillMinor !== null && more(facts.totalMinor >= when.minBillMinor, "missed_minimum"))
    return "several";
  if (when.isPrepaid && more(facts.isPrepaid, "missed_prepaid")) return "several";
  if (when.birthday && more(isNear(standing.birthDate ?? null, when.birthday, clock.day), "missed_birthday"))
    return "several";
  if (
    when.anniversary &&
    more(isNear(member.joined, when.anniversary, clock.day, true), "missed_anniversary")
  )
    return "several";
  return missed;
}

const meets = (wanted: ReadonlySet<number>, had: readonly number[]) => had.some((id) => wanted.has(id));

function isVisit({ is, n }: NonNullable<When["visit"]>, visit: number): boolean {
  if (is === "every") return visit % n === 0;
  return is === "exactly" ? visit === n : visit >= n;
}

/** Whether a clock stands within some hours; what begins late in a day may end on the next. */
export function isWithin(hours: readonly Hours[], { weekday, minute }: WallClock): boolean {
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return hours.some(({ weekdays, from, to }) =>
    to > from
      ? weekdays.includes(weekday) && minute >= from && minute < to
      : (weekdays.includes(weekday) && minute >= from) || (weekdays.includes(yesterday) && minute < to),
  );
}

/** Whether a day lies around the yearly return of a date; `isLater`: the date itself is not its own return. */
export function isNear(date: Day | null, { before, after }: Around, today: Day, isLater = false): boolean {
  if (!date) return false;
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1].some((each) => {
    if (isLater && each <= Number(date.slice(0, 4))) return false;
    const back = returnOf(date, each);
    return today >= addDays(back, -before) && daysBetween(back, today) <= after;
  });
}

/** 29 February comes back on 28 February where the year has none. */
function returnOf(date: Day, year: number): Day {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = date.slice(5) === "02-29" && !isLeap ? "02-28" : date.slice(5);
  return `${String(year).padStart(4, "0")}-${day}`;
}

function valuesOf(code: MissedCode, when: When, facts: Facts): Record<string, string | number> {
  if (code === "missed_minimum" && when.minBillMinor !== null)
    return { minor: (when.minBillMinor - facts.totalMinor).toString() };
  if (code === "missed_first" && when.first) return { of: when.first };
  if (code === "missed_visit" && when.visit) {
    const visit = (facts.standing.visits ?? (facts.standing.isFirst ? 0 : 1)) + 1;
    const { is, n } = when.visit;
    return { left: is === "every" ? n - (visit % n) : Math.max(0, n - visit) };
  }
  return {};
}
