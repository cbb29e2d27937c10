import { expectedNext, type History, probabilityAlive } from "../counts/model";
import { type Model, worth } from "../decision/model";
import { lgamma } from "../special/model";
import type { Spend } from "../spend/model";

/** How far ahead is looked, in days. */
export const HORIZONS = [30, 90, 365] as const;
export type Horizon = (typeof HORIZONS)[number];

/** A customer as models see one: visits after the first, and what is known of their amounts. Units: days; amounts in any one. */
export type Customer = { readonly history: History; readonly spend: Spend };

/** What is expected of a customer. */
export type Score = {
  /** Null where the model knows nothing of leaving. */
  readonly pAlive: number | null;
  /** Visits in the next 30, 90 and 365 days. */
  readonly expected: readonly [number, number, number];
  /** What they will bring, in the unit of their amounts. */
  readonly value: readonly [number, number, number];
};

/** Scores one customer with a published model. */
export function score(model: Model, { history, spend }: Customer): Score {
  const each = worth(model.worth, spend);
  const expected = HORIZONS.map((days) => expectedNext(model.counts, history, days)) as [
    number,
    number,
    number,
  ];
  return {
    pAlive: model.counts.kind === "nbd" ? null : probabilityAlive(model.counts, history),
    expected,
    value: expected.map((visits) => visits * each) as [number, number, number],
  };
}

/** The same questions answered without any model: as often, and as much, as in their own past after the first visit. */
export function baseline({ history, spend }: Customer, days: number): { visits: number; value: number } {
  const { x, T } = history;
  if (T <= 0 || x === 0) return { visits: 0, value: 0 };
  return { visits: (x / T) * days, value: (x / T) * days * spend.mean };
}

export const COVERAGE = 0.8;
const VISITS_MAX = 2_000;

/**
 * Between how many visits 80 of 100 such customers will make in so many days.
 *
 * Shape: none for those who have left; for the others a negative binomial with the model's own expectation.
 */
export function likelyVisits(model: Model, history: History, days: number): readonly [number, number] {
  const alive = probabilityAlive(model.counts, history);
  const mean = expectedNext(model.counts, history, days) / Math.max(alive, Number.MIN_VALUE);
  const shape = model.counts.r + history.x;
  const tail = (1 - COVERAGE) / 2;
  let below = 1 - alive;
  let low: number | undefined;
  for (let visits = 0; visits < VISITS_MAX; visits += 1) {
    below += alive * negativeBinomial(visits, shape, mean);
    if (low === undefined && below >= tail) low = visits;
    if (below >= 1 - tail) return [low ?? visits, visits];
  }
  return [low ?? 0, VISITS_MAX];
}

function negativeBinomial(k: number, shape: number, mean: number): number {
  const log =
    lgamma(shape + k) -
    lgamma(shape) -
    lgamma(k + 1) +
    shape * Math.log(shape / (shape + mean)) +
    (k === 0 ? 0 : k * Math.log(mean / (shape + mean)));
  return Math.exp(log);
}
