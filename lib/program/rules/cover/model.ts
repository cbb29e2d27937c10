/** Which conditions can hold together, and which lie within others. */
import { addDays, type Day, daysBetween } from "../../../kernel/time";
import type { Goods, Hours, When } from "../model";

/** Whether there can be a bill on which both hold. */
export function overlap(a: When, b: When): boolean {
  const lists = [
    [a.tiers, b.tiers],
    [a.locations, b.locations],
  ] as const;
  if (lists.some(([x, y]) => x && y && !x.some((each) => (y as readonly unknown[]).includes(each))))
    return false;
  if (a.dates && b.dates) {
    if (a.dates.to && b.dates.from && a.dates.to < b.dates.from) return false;
    if (b.dates.to && a.dates.from && b.dates.to < a.dates.from) return false;
  }
  return goodsMeet(a.goods, b.goods);
}

/** Categories and items are told apart only by the catalogue: of two kinds they may meet. */
function goodsMeet(a: Goods | null, b: Goods | null): boolean {
  if (!a || !b || a.isExcept || b.isExcept) return true;
  if (
    a.items.some((item) => b.items.includes(item)) ||
    a.categories.some((each) => b.categories.includes(each))
  )
    return true;
  return (a.items.length > 0 && b.categories.length > 0) || (a.categories.length > 0 && b.items.length > 0);
}

/** Whether `wide` holds wherever `narrow` does. */
export function covers(wide: When, narrow: When): boolean {
  const within = (w: readonly unknown[] | null, n: readonly unknown[] | null) =>
    !w || (n !== null && n.every((each) => w.includes(each)));
  const same = (w: unknown, n: unknown) => w === null || w === false || jsonOf(w) === jsonOf(n);
  const inDates =
    !wide.dates ||
    ((!wide.dates.from || (narrow.dates?.from ?? "") >= wide.dates.from) &&
      (!wide.dates.to || (narrow.dates?.to ?? "9999") <= wide.dates.to));
  return (
    inDates &&
    coversGoods(wide.goods, narrow.goods) &&
    within(wide.locations, narrow.locations) &&
    within(wide.tiers, narrow.tiers) &&
    within(wide.segments, narrow.segments) &&
    within(wide.tags, narrow.tags) &&
    (wide.minBillMinor === null || (narrow.minBillMinor ?? 0n) >= wide.minBillMinor) &&
    (["hours", "yearly", "first", "visit", "isPrepaid", "birthday", "anniversary", "isHeld"] as const).every(
      (each) => same(wide[each], narrow[each]),
    )
  );
}

function coversGoods(wide: Goods | null, narrow: Goods | null): boolean {
  if (!wide) return true;
  if (!narrow || wide.isExcept !== narrow.isExcept) return false;
  const [outer, inner] = wide.isExcept ? [narrow, wide] : [wide, narrow];
  return (
    inner.items.every((item) => outer.items.includes(item)) &&
    inner.categories.every((each) => outer.categories.includes(each))
  );
}

const jsonOf = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? each.toString() : each)) ?? "";

const WEEK = 7;

/** Whether one of the weekdays falls into the dates; hours that end on the next day reach in from the day before. */
export function meetsWeek(hours: readonly Hours[], first: Day, last: Day): boolean {
  if (daysBetween(first, last) >= WEEK - 1) return true;
  return hours.some(({ weekdays, from, to }) => {
    const begins = to <= from ? addDays(first, -1) : first;
    const days = Array.from({ length: daysBetween(begins, last) + 1 }, (_, ahead) => addDays(begins, ahead));
    return days.some((day) => weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || WEEK));
  });
}

/** Whether days of the year fall into the dates. */
export function meetsYear({ from, to }: { from: string; to: string }, first: Day, last: Day): boolean {
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 2 }, (_, no) =>
    String(Number(first.slice(0, 4)) - 1 + no),
  );
  return years.some((year) => {
    const start = `${year}-${from}`;
    const end = `${from <= to ? year : Number(year) + 1}-${to}`;
    return start <= last && end >= first;
  });
}
