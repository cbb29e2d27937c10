/** `npm run bench -- rhythm`: whose guess of the next visit is nearer, a member's own gap or a fixed number of days; on held-out visits. */
import type { Visits } from "../../lib/insights/lifetime/holdout/model";
import { usualGapDays } from "../../lib/insights/rhythm/model";
import { buyers } from "../../tests/support/buyers";
import { readPurchases } from "../clv/purchases";

const CDNOW = "tests/fixtures/cdnow/cdnow_sample.txt";
const FIXED_DAYS = [30, 60, 90];
const KEPT = 12;

const median = (values: readonly number[]) => {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.length / 2;
  return ordered.length === 0
    ? 0
    : ((ordered[Math.ceil(middle) - 1] ?? 0) + (ordered[Math.floor(middle)] ?? 0)) / 2;
};
const gapsOf = ({ days }: Visits) => days.slice(1).map((day, i) => day - (days[i] ?? day));

/** Each member's last gap is held out; everything before it is known, and the business's usual gap is made of that alone. */
function compare(name: string, all: readonly Visits[]): void {
  const known = all.map(gapsOf).filter((gaps) => gaps.length >= 2);
  const before = known.map((gaps) => gaps.slice(0, -1).slice(-KEPT));
  const common = median(before.map(median));
  const actual = known.map((gaps) => gaps.at(-1) ?? 0);
  const rules: Record<string, (i: number) => number> = {
    "own gap, drawn to the business's": (i) =>
      usualGapDays({ gaps: before[i]?.length ?? 0, medianDays: median(before[i] ?? []) }, common) ?? common,
    "own gap alone": (i) => median(before[i] ?? []),
    "the business's usual gap": () => common,
    ...Object.fromEntries(FIXED_DAYS.map((days) => [`${days} days for everybody`, () => days])),
  };
  console.log(
    `${name}: ${known.length} members with three visits or more; usual gap ${common.toFixed(1)} days`,
  );
  for (const [rule, guess] of Object.entries(rules)) {
    const missed = actual.map((gap, i) => Math.abs(gap - guess(i)));
    const near = actual.filter((gap, i) => Math.abs(gap - guess(i)) <= Math.max(3, 0.25 * gap)).length;
    console.log(
      `  ${rule.padEnd(34)} missed by ${median(missed).toFixed(1).padStart(5)} days (median), ${(missed.reduce((sum, one) => sum + one, 0) / Math.max(1, missed.length)).toFixed(1).padStart(5)} (mean); within a quarter: ${((near / Math.max(1, actual.length)) * 100).toFixed(0).padStart(3)} %`,
    );
  }
}

export async function benchRhythm(): Promise<void> {
  compare("CDNOW", [...(await readPurchases(CDNOW)).values()]);
  const leaving = { a: 0.5, b: 6 };
  compare(
    "A drawn shop without any rhythm (visits by pure chance)",
    buyers({ customers: 3_000, days: 540, begin: 300, shape: 2, perDay: 1 / 30, leaving, paid: 500 }),
  );
  compare("A drawn salon (each of its own gap of 14 to 60 days, a quarter off)", salon(3_000));
}

/** Clients with rhythms, spread evenly: the same number gives the same salon. */
function salon(clients: number): Visits[] {
  return Array.from({ length: clients }, (_, client) => {
    const chance = (no: number) => Math.abs(Math.sin(client * 127.1 + no * 311.7) * 43_758.5453) % 1;
    const gap = 14 + 46 * chance(0);
    const days: number[] = [];
    for (let day = chance(1) * 200, no = 2; day < 540; no += 1) {
      days.push(Math.floor(day));
      day += gap * (0.75 + 0.5 * chance(no));
    }
    return { days, paid: days.map(() => 500) };
  });
}
