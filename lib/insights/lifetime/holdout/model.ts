import {
  type Counted,
  type CountModel,
  counted,
  expectedFrom0,
  expectedNext,
  type History,
} from "../counts/model";
import { type Model, worth } from "../decision/model";
import type { Spend } from "../spend/model";

/** One customer's visits: whole days counted from any beginning, ascending, each once, with what was paid on it. */
export type Visits = { readonly days: readonly number[]; readonly paid: readonly number[] };

/** The history a customer had at the end of a day; nothing when they had not come yet. */
export function historyAt(
  { days, paid }: Visits,
  end: number,
): { history: History; spend: Spend } | undefined {
  const first = days[0];
  if (first === undefined || first > end) return undefined;
  let x = 0;
  let sum = 0;
  while (x + 1 < days.length && (days[x + 1] ?? Number.POSITIVE_INFINITY) <= end) {
    x += 1;
    sum += paid[x] ?? 0;
  }
  const spend = x > 0 ? { count: x, mean: sum / x } : { count: 1, mean: paid[0] ?? 0 };
  return { history: { x, tx: (days[x] ?? first) - first, T: end - first }, spend };
}

/** Averages over repeat visits, as Gamma-Gamma is fitted to; who came once says nothing of repeats. */
export const repeatSpends = (customers: readonly { history: History; spend: Spend }[]): Spend[] =>
  customers.filter(({ history }) => history.x > 0).map(({ spend }) => spend);

/** What happened in days nobody looked at when predicting, beside the model and the two plain rules. Money as it came in. */
export type Holdout = {
  readonly cut: number;
  readonly end: number;
  readonly customers: number;
  readonly visits: Beside;
  readonly value: Beside;
  /** By how many visits a customer is missed on average. */
  readonly missedBy: { readonly model: number; readonly ownPast: number };
  /** Repeat visits since the beginning, at the end of each week. */
  readonly weeks: readonly { readonly day: number; readonly actual: number; readonly predicted: number }[];
  /** By repeat visits before the cut (the last group: that many and more): visits after it, on average. */
  readonly groups: readonly {
    readonly x: number;
    readonly customers: number;
    readonly actual: number;
    readonly predicted: number;
  }[];
};
export type Beside = { readonly actual: number; readonly model: number; readonly ownPast: number };

const GROUPS = 8;
const WEEK = 7;

/** Predicts the days after `cut` up to `end` from those before, with a model fitted to them. */
export function holdout(model: Model, all: readonly Visits[], cut: number, end: number): Holdout {
  const horizon = end - cut;
  const groups = Array.from({ length: GROUPS }, (_, x) => ({ x, customers: 0, actual: 0, predicted: 0 }));
  const visits = { actual: 0, model: 0, ownPast: 0 };
  const value = { actual: 0, model: 0, ownPast: 0 };
  const missed = { model: 0, ownPast: 0 };
  let customers = 0;
  for (const one of all) {
    const known = historyAt(one, cut);
    if (!known) continue;
    const { history, spend } = known;
    const later = one.days.flatMap((day, i) => (day > cut && day <= end ? [one.paid[i] ?? 0] : []));
    const predicted = expectedNext(model.counts, history, horizon);
    const past = history.T > 0 ? (history.x / history.T) * horizon : 0;
    customers += 1;
    visits.actual += later.length;
    visits.model += predicted;
    visits.ownPast += past;
    value.actual += later.reduce((sum, paid) => sum + paid, 0);
    value.model += predicted * worth(model.worth, spend);
    value.ownPast += past * (history.x > 0 ? spend.mean : 0);
    missed.model += Math.abs(predicted - later.length);
    missed.ownPast += Math.abs(past - later.length);
    const group = groups[Math.min(history.x, GROUPS - 1)];
    if (group) {
      group.customers += 1;
      group.actual += later.length;
      group.predicted += predicted;
    }
  }
  const each = (sum: number) => sum / Math.max(1, customers);
  return {
    cut,
    end,
    customers,
    visits,
    value,
    missedBy: { model: each(missed.model), ownPast: each(missed.ownPast) },
    weeks: weekly(
      model.counts,
      all.filter(({ days }) => (days[0] ?? cut + 1) <= cut),
      end,
    ),
    groups: groups
      .filter((group) => group.customers > 0)
      .map(({ x, customers: n, actual, predicted }) => ({
        x,
        customers: n,
        actual: actual / n,
        predicted: predicted / n,
      })),
  };
}

/** Repeat visits of these customers, summed from the first of them on: what came, and what the model has for their first days. */
function weekly(model: CountModel, all: readonly Visits[], end: number) {
  const starts = new Map<number, number>();
  const repeats: number[] = [];
  for (const { days } of all) {
    const [first, ...later] = days;
    if (first === undefined) continue;
    starts.set(first, (starts.get(first) ?? 0) + 1);
    repeats.push(...later);
  }
  repeats.sort((a, b) => a - b);
  const begin = Math.min(...starts.keys());
  const kept = new Map<number, number>();
  const sinceFirst = (t: number) => {
    const known = kept.get(t) ?? expectedFrom0(model, t);
    kept.set(t, known);
    return known;
  };
  const weeks: { day: number; actual: number; predicted: number }[] = [];
  let actual = 0;
  for (let day = begin + WEEK; day <= end; day += WEEK) {
    while (actual < repeats.length && (repeats[actual] ?? day + 1) <= day) actual += 1;
    let predicted = 0;
    for (const [first, n] of starts) if (first < day) predicted += n * sinceFirst(day - first);
    weeks.push({ day, actual, predicted });
  }
  return weeks;
}

/** Histories of all who had come by the end of a day, counted. */
export const countedAt = (all: readonly Visits[], end: number): Counted[] =>
  counted(all.flatMap((one) => historyAt(one, end)?.history ?? []));
