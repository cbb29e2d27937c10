import type { CohortMonth } from "@/lib/insights";
import { addDays, type Day } from "@/lib/kernel/time";

export type Month = {
  readonly month: Day;
  readonly isNew: number;
  readonly returning: number;
  readonly spentMinor: bigint;
};

const nextMonth = (month: Day): Day => `${addDays(month, 31).slice(0, 8)}01`;

/** Every month from the first to the last, each customer once in each, by whether it was the month of their first visit. */
export function monthsOf(rows: readonly CohortMonth[]): Month[] {
  return monthsUpTo(rows.map(({ month }) => month).toSorted()).map((month) => {
    const own = rows.filter((row) => row.month === month);
    const sum = (some: readonly CohortMonth[]) => some.reduce((total, { members }) => total + members, 0);
    return {
      month,
      isNew: sum(own.filter(({ cohort }) => cohort === month)),
      returning: sum(own.filter(({ cohort }) => cohort < month)),
      spentMinor: own.reduce((total, { spentMinor }) => total + spentMinor, 0n),
    };
  });
}

/** All months from the first of these to the last. */
function monthsUpTo([first, ...rest]: readonly Day[]): Day[] {
  if (first === undefined) return [];
  const all = [first];
  const last = rest.at(-1) ?? first;
  for (let month = nextMonth(first); month <= last; month = nextMonth(month)) all.push(month);
  return all;
}

export type Cohort = {
  readonly cohort: Day;
  readonly size: number;
  /** Members who came in the month itself, the month after, and so on; null for months still to come. */
  readonly after: readonly (number | null)[];
};

/** The last so many cohorts, oldest first, each followed for so many months. */
export function cohortsOf(rows: readonly CohortMonth[], count: number): Cohort[] {
  const months = monthsOf(rows).map(({ month }) => month);
  const last = months.at(-1) ?? "";
  return months.slice(-count).flatMap((cohort) => {
    const own = new Map(
      rows.filter((row) => row.cohort === cohort).map(({ month, members }) => [month, members]),
    );
    const size = own.get(cohort) ?? 0;
    if (size === 0) return [];
    const after: (number | null)[] = [];
    for (let i = 0, month = cohort; i < count; i += 1, month = nextMonth(month))
      after.push(month > last ? null : (own.get(month) ?? 0));
    return [{ cohort, size, after }];
  });
}
