/** A naive reading of rules, written from their meaning: walks day by day, remembers nothing, shares no code with either of ours. */
import type {
  DayTest,
  EventQuery,
  Filter,
  KnownTest,
  Measure,
  Node,
  NumberTest,
  Rule,
  Window,
} from "@/lib/segments/model";
import type { Life, LifeBill, LifeLine } from "./segment-world";

type Thing = { at: number; amount: number; quantity: number; bill: LifeBill; lines: LifeLine[] };

const formats = new Map<string, Intl.DateTimeFormat>();
function local(at: number, zone: string) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formats.set(zone, format);
  }
  const text = format.format(at);
  return { day: text.slice(0, 10), hour: Number(text.slice(11, 13)) };
}

const parts = (day: string) => day.split("-").map(Number) as [number, number, number];
const make = (y: number, m: number, d: number) => {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(y, m - 1, d);
  return date.toISOString().slice(0, 10);
};
const plus = (day: string, n: number) => {
  const [y, m, d] = parts(day);
  return make(y, m, d + n);
};
const lastOf = (y: number, m: number) => new Date(Date.UTC(y, m, 0)).getUTCDate();

/** The same date so many months back, or the last day of that month. */
function monthsBack(day: string, n: number): string {
  let [y, m, d] = parts(day);
  for (let i = 0; i < n; i += 1) {
    m -= 1;
    if (m === 0) [y, m] = [y - 1, 12];
  }
  d = Math.min(d, lastOf(y, m));
  return make(y, m, d);
}

function back(day: string, n: number, unit: string): string {
  if (unit === "day") return plus(day, -n);
  if (unit === "week") return plus(day, -7 * n);
  return monthsBack(day, unit === "month" ? n : 12 * n);
}

const isTimely = (at: number, n: number, unit: string, now: number, zone: string) =>
  unit === "minute" || unit === "hour"
    ? now - at <= n * (unit === "minute" ? 60 : 3600) * 1000
    : local(at, zone).day >= back(local(now, zone).day, n, unit);

function isWithin(window: Window, at: number, now: number, zone: string): boolean {
  const day = local(at, zone).day;
  if (window.in === "ever") return true;
  if ("n" in window) return isTimely(at, window.n, window.unit, now, zone) === (window.in === "last");
  if (window.in === "ago")
    return (
      isTimely(at, window.to, window.unit, now, zone) && !isTimely(at, window.from, window.unit, now, zone)
    );
  return (window.from === null || day >= window.from) && (window.to === null || day <= window.to);
}

const asksKnown = (test: { readonly op: string }): test is KnownTest => test.op.endsWith("known");

const number = (test: NumberTest, value: number) => {
  if (test.op === "between") return test.from <= value && value <= test.to;
  if (test.op === "exactly") return value === test.value;
  return test.op === "at_least" ? value >= test.value : value <= test.value;
};

function dayIs(test: DayTest, day: string | null, today: string): boolean {
  if (test.op === "known") return day !== null;
  if (test.op === "unknown") return day === null;
  if (day === null) return false;
  if (test.op === "on_or_after") return day >= test.day;
  if (test.op === "on_or_before") return day <= test.day;
  if (test.op === "between") return test.from <= day && day <= test.to;
  if (test.op === "last") return back(today, test.n, test.unit) <= day && day <= today;
  if (test.op === "before") return day < back(today, test.n, test.unit);
  if (test.op === "next") return today <= day && day <= plus(today, test.days);
  if (!("days" in test)) return test.op === "known";
  for (let ahead = 0; ahead <= test.days; ahead += 1) {
    const [y, m, d] = parts(plus(today, ahead));
    const [, month, date] = parts(day);
    if (m === month && d === Math.min(date, lastOf(y, month))) return true;
  }
  return false;
}

function things(life: Life, event: string): Thing[] {
  const of = (kind: string) => life.bills.filter((bill) => bill.kind === kind && !bill.canceled);
  const whole = (bill: LifeBill, amount: number): Thing => ({
    at: bill.at,
    amount,
    quantity: 0,
    bill,
    lines: bill.lines,
  });
  if (event === "purchase") return of("purchase").map((bill) => whole(bill, bill.total - bill.refunded));
  if (event === "paid_points")
    return of("purchase")
      .filter((bill) => bill.spent > 0)
      .map((bill) => whole(bill, bill.spent));
  if (event === "given_points")
    return of("grant")
      .filter((bill) => bill.earned > 0)
      .map((bill) => whole(bill, bill.earned));
  if (event === "refund") return of("refund").map((bill) => whole(bill, bill.total));
  return of("purchase").flatMap((bill) =>
    bill.lines.map((line) => ({
      at: bill.at,
      amount: line.amount,
      quantity: line.quantity,
      bill,
      lines: [line],
    })),
  );
}

function passes(thing: Thing, filter: Filter, zone: string): boolean {
  if ("test" in filter) return number(filter.test, filter.prop === "amount" ? thing.amount : thing.quantity);
  const { day, hour } = local(thing.at, zone);
  const own: (string | number | null)[] = {
    item: () => thing.lines.map((line) => line.item),
    category: () => thing.lines.map((line) => line.category),
    location: () => [thing.bill.location],
    staff: () => [thing.bill.staff],
    source: () => [thing.bill.source],
    weekday: () => [((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1],
    hour: () => [hour],
  }[filter.prop]();
  const listed = filter.values.some((value) => own.includes(value));
  return filter.op === "in" ? listed : !listed;
}

const matching = (life: Life, query: EventQuery, zone: string) =>
  things(life, query.event).filter((thing) => query.where.every((filter) => passes(thing, filter, zone)));

function distinct(list: Thing[], prop: string, zone: string): number {
  const values = new Set<unknown>();
  for (const thing of list) {
    if (prop === "day") values.add(local(thing.at, zone).day);
    if (prop === "location") values.add(thing.bill.location);
    if (prop === "staff") values.add(thing.bill.staff);
    if (prop === "item") for (const line of thing.lines) values.add(line.item);
    if (prop === "category") for (const line of thing.lines) values.add(line.category);
  }
  values.delete(null);
  return values.size;
}

function measures(measure: Measure, list: Thing[], all: number, now: number, zone: string): boolean {
  if (!("test" in measure)) return list.length > 0 === (measure.of === "did");
  if (measure.of === "count") return number(measure.test, list.length);
  if (measure.of === "share") return all > 0 && number(measure.test, (100 * list.length) / all);
  if (measure.of === "distinct") return number(measure.test, distinct(list, measure.prop, zone));
  if (measure.of === "first" || measure.of === "last") {
    const times = list.map((thing) => thing.at).toSorted((a, b) => a - b);
    const at = measure.of === "first" ? times[0] : times.at(-1);
    return dayIs(measure.test, at === undefined ? null : local(at, zone).day, local(now, zone).day);
  }
  if (!("prop" in measure)) return false;
  const values = list.map((thing) => thing[measure.prop]).toSorted((a, b) => a - b);
  const sum = values.reduce((a, b) => a + b, 0);
  if (measure.of === "sum") return number(measure.test, sum);
  if (values.length === 0) return false;
  if (measure.of === "average") return number(measure.test, sum / values.length);
  return number(measure.test, measure.of === "min" ? values[0]! : values.at(-1)!);
}

function holds(node: Node, life: Life, now: number, zone: string): boolean {
  const today = local(now, zone).day;
  switch (node.kind) {
    case "all":
      return node.nodes.every((one) => holds(one, life, now, zone));
    case "any":
      return node.nodes.length === 0 || node.nodes.some((one) => holds(one, life, now, zone));
    case "none":
      return node.nodes.every((one) => !holds(one, life, now, zone));
    case "text": {
      const value = life.words[node.field] ?? null;
      if (!("value" in node.test)) return (value === null) === (node.test.op === "unknown");
      if (value === null) return false;
      const [own, asked] = [value.toLowerCase(), node.test.value.toLowerCase()];
      return node.test.op === "is"
        ? own === asked
        : node.test.op === "starts"
          ? own.indexOf(asked) === 0
          : own.includes(asked);
    }
    case "choice": {
      const value = life.words[node.field] ?? null;
      if (!("values" in node.test)) return (value === null) === (node.test.op === "unknown");
      return (value !== null && node.test.values.includes(value)) === (node.test.op === "in");
    }
    case "number": {
      const value = node.field === "age" ? age(life, today) : (life.numbers[node.field] ?? null);
      if (asksKnown(node.test)) return (value === null) === (node.test.op === "unknown");
      return value !== null && number(node.test, value);
    }
    case "day": {
      const value = life.moments[node.field] ?? null;
      return dayIs(node.test, typeof value === "number" ? local(value, zone).day : value, today);
    }
    case "set": {
      const own: (string | number)[] = node.field === "tags" ? life.tags : life.consents;
      const held = node.test.values.filter((value) => own.includes(value)).length;
      return node.test.op === "all"
        ? held === node.test.values.length
        : node.test.op === "any"
          ? held > 0
          : held === 0;
    }
    case "flag":
      return life.flags[node.field] === node.test.is;
    case "event": {
      const within = (list: Thing[]) => list.filter((thing) => isWithin(node.window, thing.at, now, zone));
      return measures(
        node.measure,
        within(matching(life, node, zone)),
        within(things(life, node.event)).length,
        now,
        zone,
      );
    }
    case "sequence": {
      const nexts = matching(life, node.next, zone);
      return matching(life, node.first, zone).some((first) => {
        if (!isWithin(node.window, first.at, now, zone)) return false;
        const until = plus(local(first.at, zone).day, node.days);
        const followed = nexts.some((next) => next.at > first.at && local(next.at, zone).day <= until);
        return node.op === "then" ? followed : !followed && today > until;
      });
    }
    case "segment": {
      const entered = life.segments.get(node.segment);
      const isIn =
        entered !== undefined &&
        (node.forDays === null || plus(local(entered, zone).day, node.forDays) <= today);
      return isIn === (node.op === "in");
    }
    case "expiring": {
      const until = plus(today, node.days);
      const lots = life.lots.filter((lot) => lot.expiresAt > now && local(lot.expiresAt, zone).day <= until);
      return number(
        node.test,
        lots.reduce((sum, lot) => sum + lot.points, 0),
      );
    }
    case "list":
      return node.ids.includes(life.id);
    case "random":
      throw new Error("dice have no oracle: the two of ours are compared with each other");
  }
}

function age(life: Life, today: string): number | null {
  const born = life.moments.birthday;
  if (typeof born !== "string") return null;
  let years = 0;
  const [y, m, d] = parts(born);
  // The day itself, even where a year does not have it.
  while (`${y + years + 1}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}` <= today) years += 1;
  return years;
}

/** Whether a rule holds for a life at a moment. */
export const isIn = (rule: Rule, life: Life, now: number, zone: string) => holds(rule.root, life, now, zone);
