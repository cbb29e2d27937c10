/** Tests of numbers, days and words as SQL conditions; a value that is missing makes them NULL, which counts as no. */
import { addDays, type Day } from "../../kernel/time";
import { shift, since } from "../calendar/model";
import type { ChoiceTest, DayTest, DayUnit, KnownTest, NumberTest, TextTest, Unit } from "../rule/model";
import type { Statement } from "./statement";

/** A condition, and the earliest later instant at which it could change by time alone. */
export type Sql = { readonly is: string; readonly next: string | null };

const known = (test: { readonly op: string }, value: string): string | undefined =>
  test.op === "known" ? `(${value}) IS NOT NULL` : test.op === "unknown" ? `(${value}) IS NULL` : undefined;

export function numberSql(to: Statement, test: NumberTest | KnownTest, value: string, times = ""): string {
  const asked = known(test, value);
  if (asked !== undefined) return asked;
  const bound = (one: number) => (times ? `${to.number(one)} * ${times}` : to.number(one));
  switch (test.op) {
    case "at_least":
      return `${value} >= ${bound(test.value)}`;
    case "at_most":
      return `${value} <= ${bound(test.value)}`;
    case "exactly":
      return `${value} = ${bound(test.value)}`;
    case "between":
      return `${value} BETWEEN ${bound(test.from)} AND ${bound(test.to)}`;
    case "known":
    case "unknown":
      return "false";
  }
}

export function textSql(to: Statement, test: TextTest, value: string): string {
  if (!("value" in test)) return known(test, value) ?? "false";
  const own = `lower(${value} COLLATE "und-x-icu")`;
  const asked = to.parameter(test.value.toLowerCase(), "text");
  if (test.op === "is") return `${own} = ${asked}`;
  return test.op === "starts" ? `starts_with(${own}, ${asked})` : `position(${asked} IN ${own}) > 0`;
}

export function choiceSql(to: Statement, test: ChoiceTest<string> | KnownTest, value: string): string {
  const asked = known(test, value);
  if (asked !== undefined) return asked;
  if (test.op === "in") return `${value} = ANY(${to.list(test.values, "text")})`;
  return test.op === "not_in" ? `(${value} = ANY(${to.list(test.values, "text")})) IS NOT TRUE` : "false";
}

/** The instant at which what happened at `at` is more than n units ago, or before that; never today for a thing of days. */
export function leavesSql(to: Statement, at: string, n: number, unit: Unit): string {
  const span = (count: number) => to.parameter(count, "int");
  const day = `(${at} AT TIME ZONE ${to.zone})::date`;
  switch (unit) {
    case "minute":
    case "hour":
      return `(${at} + ${span(n)} * interval '1 ${unit}' + interval '1 millisecond')`;
    case "day":
    case "week":
      return startSql(to, `${day} + ${span(unit === "week" ? 7 * n + 1 : n + 1)}`);
    case "month":
    case "year": {
      const left = startSql(to, `${day} + make_interval(months => ${span(unit === "year" ? 12 * n : n)})`);
      return `CASE WHEN ${at} IS NOT NULL THEN greatest(${left}, ${to.tomorrow}) END`;
    }
  }
}

/** The next time a day comes round from a day on, as `nextAnniversary` finds it. */
function anniversarySql(to: Statement, day: string, from: Day): string {
  const inYear = (year: number) =>
    `(${day} + make_interval(years => ${to.parameter(year, "int")} - extract(year FROM ${day})::int))::date`;
  const year = Number(from.slice(0, 4));
  return `(CASE WHEN ${inYear(year)} >= ${to.day(from)} THEN ${inYear(year)} ELSE ${inYear(year + 1)} END)`;
}

const startSql = (to: Statement, day: string) => `((${day})::timestamp AT TIME ZONE ${to.zone})`;

/** A test of a day; `isInstant`: the value is an instant of it. */
export function daySql(to: Statement, test: DayTest, value: string, isInstant: boolean): Sql {
  const asked = known(test, value);
  if (asked !== undefined) return { is: asked, next: null };
  const { today } = to.moment;
  const day = isInstant ? `(${value} AT TIME ZONE ${to.zone})::date` : value;
  const from = (one: Day) =>
    isInstant ? `${value} >= ${to.instant(to.startOf(one))}` : `${value} >= ${to.day(one)}`;
  const until = (one: Day) =>
    isInstant ? `${value} < ${to.instant(to.startOf(addDays(one, 1)))}` : `${value} <= ${to.day(one)}`;
  const leaves = (n: number, unit: DayUnit) =>
    leavesSql(to, isInstant ? value : startSql(to, value), n, unit);
  switch (test.op) {
    case "on_or_after":
      return { is: from(test.day), next: null };
    case "on_or_before":
      return { is: until(test.day), next: null };
    case "between":
      return { is: `(${from(test.from)} AND ${until(test.to)})`, next: null };
    case "last": {
      const is = `(${from(shift(today, test.n, test.unit))} AND ${until(today)})`;
      const enters = `CASE WHEN ${day} > ${to.day(today)} THEN ${startSql(to, day)} END`;
      return { is, next: `CASE WHEN ${is} THEN ${leaves(test.n, test.unit)} ELSE ${enters} END` };
    }
    case "before": {
      const edge = shift(today, test.n, test.unit);
      const is = isInstant
        ? `${value} < ${to.instant(since(to.moment, test.n, test.unit))}`
        : `${value} < ${to.day(edge)}`;
      return { is, next: `CASE WHEN NOT (${is}) THEN ${leaves(test.n, test.unit)} END` };
    }
    case "next": {
      const [now, days] = [to.day(today), to.parameter(test.days, "int")];
      return {
        is: `(${from(today)} AND ${until(addDays(today, test.days))})`,
        next: `CASE WHEN ${day} - ${days} > ${now} THEN ${startSql(to, `${day} - ${days}`)}
          WHEN ${day} >= ${now} THEN ${startSql(to, `${day} + 1`)} END`,
      };
    }
    case "anniversary": {
      const [next, days] = [anniversarySql(to, day, today), to.parameter(test.days, "int")];
      const codes = to.list(anniversaryCodes(today, test.days), "int");
      return {
        is: `(extract(month FROM ${day}) * 100 + extract(day FROM ${day}))::int = ANY(${codes})`,
        next: `CASE WHEN ${next} - ${to.day(today)} <= ${days} THEN ${startSql(to, `${next} + 1`)}
          ELSE ${startSql(to, `${next} - ${days}`)} END`,
      };
    }
    case "known":
    case "unknown":
      return { is: "false", next: null };
  }
}

/** Month and day (129 is the 29th of January) of today and so many days on; in other years the 29th of February is the 28th. */
function anniversaryCodes(today: Day, days: number): number[] {
  const codes: number[] = [];
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const [day, next] = [addDays(today, ahead), addDays(today, ahead + 1)];
    const code = Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
    codes.push(code);
    if (code === 228 && next.endsWith("03-01")) codes.push(229);
  }
  return codes;
}

const PRIME = "2147483647";

/** The bucket of a member, as `bucketOf` finds it. */
export function bucketSql(to: Statement, salt: number): string {
  const mixed = `((s.member_id % ${PRIME} * 48271 + ${to.parameter(salt, "int")}) % ${PRIME})`;
  const again = `(((${mixed} # (${mixed} >> 15)) * 69621) % ${PRIME})`;
  return `((${again} # (${again} >> 13)) % 10000)`;
}

/** Whole years since a day, as `yearsBetween` counts them. */
export function yearsSql(to: Statement, value: string): string {
  const [year, rest] = [Number(to.moment.today.slice(0, 4)), to.moment.today.slice(5).replace("-", "")];
  return `(${to.parameter(year, "int")} - extract(year FROM ${value})::int
    - ((extract(month FROM ${value}) * 100 + extract(day FROM ${value}))::int > ${to.parameter(Number(rest), "int")})::int)`;
}

/** When somebody born on a day is a year older, or a day before that. */
export const birthdaySql = (to: Statement, value: string) =>
  startSql(to, anniversarySql(to, value, addDays(to.moment.today, 1)));
