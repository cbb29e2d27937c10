import { type Day, dayOf, wallOf } from "../../kernel/time";

/** A purchase as habits are read from it. Units: minor, less what was given back. */
export type Visit = {
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly staff: string | null;
  readonly location: string | null;
  readonly lines: readonly {
    readonly name: string;
    readonly category: string | null;
    readonly amountMinor: bigint;
  }[];
};

/** Something chosen on so many days, and the money that went there. */
export type Favourite = { readonly name: string; readonly days: number; readonly amountMinor: bigint };
/** Something that stands out, with its share of the days on which it is known at all. */
export type Usual<T> = { readonly value: T; readonly share: number };

export type Habits = {
  /** Purchases they were read from. */
  readonly visits: number;
  /** Days with a purchase; everything of one day is one visit. */
  readonly days: number;
  readonly items: readonly Favourite[];
  readonly categories: readonly Favourite[];
  readonly staff: Usual<string> | null;
  readonly location: Usual<string> | null;
  /** Monday to Sunday, in days. */
  readonly weekdays: readonly number[];
  /** 1 (Monday) to 7. */
  readonly weekday: Usual<number> | null;
  /** 0 to 23: most visits lie within an hour of it. */
  readonly hour: Usual<number> | null;
  /** The median of the bills. */
  readonly billMinor: bigint;
};

/** How far back habits are read, in purchases: older ones are of another person. */
export const VISITS_READ = 200;
/** With fewer days than this everything would be a habit. */
export const DAYS_MIN = 3;
const FAVOURITES = 3;
/** Seen on fewer days than this is chance. */
const SEEN_MIN = 2;
/** What is most frequent is usual when this much of the days are its: a seventh of them are any weekday's. */
const USUAL = { place: 0.5, weekday: 0.3, hour: 0.5 } as const;

/** What is usual in a member's visits, the clock on the wall being the business's; null: too few to tell habits from chance. */
export function habitsOf(visits: readonly Visit[], zone: string): Habits | null {
  const byDay = Map.groupBy(visits, ({ at }) => dayOf(at, zone));
  if (byDay.size < DAYS_MIN) return null;
  // Of a day its first purchase says when and where.
  const firsts = Array.from(byDay.values(), (day) => day.reduce((a, b) => (b.at < a.at ? b : a)));
  const walls = firsts.map(({ at }) => wallOf(at, zone));
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => walls.filter(({ weekday }) => weekday === day).length);
  return {
    visits: visits.length,
    days: byDay.size,
    items: favourites(byDay, ({ name }) => name),
    categories: favourites(byDay, ({ category }) => category),
    staff: usual(
      firsts.flatMap(({ staff }) => staff ?? []),
      USUAL.place,
    ),
    location: usual(
      firsts.flatMap(({ location }) => location ?? []),
      USUAL.place,
    ),
    weekdays,
    weekday: usual(
      walls.map(({ weekday }) => weekday),
      USUAL.weekday,
    ),
    hour: usualHour(walls.map(({ hour }) => hour)),
    billMinor: medianOf(visits.map(({ amountMinor }) => amountMinor)),
  };
}

type Line = Visit["lines"][number];

function favourites(
  byDay: ReadonlyMap<Day, readonly Visit[]>,
  nameOf: (line: Line) => string | null,
): Favourite[] {
  const found = new Map<string, { days: number; amountMinor: bigint }>();
  for (const visits of byDay.values()) {
    const seen = new Set<string>();
    for (const line of visits.flatMap(({ lines }) => lines)) {
      const name = nameOf(line);
      if (name === null) continue;
      const before = found.get(name) ?? { days: 0, amountMinor: 0n };
      found.set(name, {
        days: before.days + (seen.has(name) ? 0 : 1),
        amountMinor: before.amountMinor + line.amountMinor,
      });
      seen.add(name);
    }
  }
  return Array.from(found, ([name, one]) => ({ name, ...one }))
    .filter(({ days }) => days >= SEEN_MIN)
    .toSorted(
      (a, b) => b.days - a.days || Number(b.amountMinor - a.amountMinor) || a.name.localeCompare(b.name),
    )
    .slice(0, FAVOURITES);
}

/** The most frequent value when it is frequent enough, and alone at the top. */
function usual<T>(values: readonly T[], shareMin: number): Usual<T> | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (!first || first[1] < SEEN_MIN || first[1] === second?.[1]) return null;
  const share = first[1] / values.length;
  return share >= shareMin ? { value: first[0], share } : null;
}

/** People come at ten one day and at eleven another: three hours together are one habit, named by the middle one. */
function usualHour(hours: readonly number[]): Usual<number> | null {
  const at = (hour: number) => hours.filter((one) => one === hour).length;
  const around = (hour: number) => at(hour - 1) + at(hour) + at(hour + 1);
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  const best = all.reduce((a, b) => ((around(b) - around(a) || at(b) - at(a)) > 0 ? b : a));
  const share = around(best) / hours.length;
  return around(best) >= SEEN_MIN && share >= USUAL.hour ? { value: best, share } : null;
}

function medianOf(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = Math.floor(sorted.length / 2);
  const [below = 0n, above = 0n] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2n;
}
