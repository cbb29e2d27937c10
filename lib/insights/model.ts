import { type Day, daysBetween } from "../kernel/time";
import type { Decision, Model } from "./lifetime/decision/model";
import { type Customer, score } from "./lifetime/score/model";
import { type Cell, type Cutoffs, cellOf, scoresOf } from "./rfm/model";
import { dueOn, usualGapDays } from "./rhythm/model";

export { type Favourite, type Habits, habitsOf } from "./habits/model";
export type { Decision, Seen } from "./lifetime/decision/model";
export { NEEDED } from "./lifetime/decision/model";
export type { Beside, Holdout } from "./lifetime/holdout/model";
export { baseline, COVERAGE, HORIZONS, likelyVisits } from "./lifetime/score/model";
export { CELLS, type Cell, type Cutoffs, FIFTHS_CUSTOMERS_MIN, GRID, type Steps } from "./rfm/model";
export { type Beat, beatOf } from "./rhythm/model";

/** What is counted from a member's purchases; purchases of one day are one visit. Money less what was given back. */
export type Facts = {
  readonly memberId: bigint;
  readonly visitDays: number;
  readonly firstOn: Day | null;
  readonly lastOn: Day | null;
  readonly spentMinor: bigint;
  readonly repeatSpentMinor: bigint;
  readonly gaps: number;
  readonly ownGapDays: number | null;
};

/** What all members of a business are scored with until the next night. */
export type State = {
  readonly version: number;
  readonly asOf: Day;
  /** Null while there are too few customers to compare. */
  readonly cutoffs: Cutoffs | null;
  readonly commonGapDays: number | null;
  readonly decision: Decision;
};

/** What the scores, the rhythm and the model make of the facts. */
export type Insight = {
  readonly memberId: bigint;
  readonly recencyScore: number | null;
  readonly frequencyScore: number | null;
  readonly monetaryScore: number | null;
  readonly cell: Cell | null;
  readonly gapDays: number | null;
  readonly dueOn: Day | null;
  readonly pAlive: number | null;
  readonly expected: readonly [number, number, number] | null;
  readonly valueMinor: readonly [number, number, number] | null;
};

/** A member as the lifetime models see one on a day; nothing without a visit. Units: days, minor units. */
export function customerOf(
  facts: Pick<Facts, "firstOn" | "lastOn" | "visitDays" | "spentMinor" | "repeatSpentMinor">,
  asOf: Day,
): Customer | undefined {
  const { firstOn, lastOn, visitDays } = facts;
  if (firstOn === null || lastOn === null || visitDays === 0) return undefined;
  const x = visitDays - 1;
  const mean = x > 0 ? Number(facts.repeatSpentMinor) / x : Number(facts.spentMinor);
  return {
    history: {
      x,
      tx: daysBetween(firstOn, lastOn),
      T: Math.max(daysBetween(firstOn, asOf), daysBetween(firstOn, lastOn)),
    },
    spend: { count: Math.max(1, x), mean: Math.max(0, mean) },
  };
}

/** The model members are scored with, when one is published. */
export const publishedModel = (decision: Decision): Model | undefined =>
  decision.state === "published" ? decision.model : undefined;

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * Everything seen in one member on a day.
 *
 * Time: recency and the model look from `asOf`, but never from before the last visit.
 */
export function insightOf(facts: Facts, state: State | undefined, asOf: Day): Insight {
  const { memberId, lastOn, visitDays: visits } = facts;
  const customer = customerOf(facts, asOf);
  if (lastOn === null || !customer) return { memberId, ...NOTHING };
  const gap = usualGapDays({ gaps: facts.gaps, medianDays: facts.ownGapDays }, state?.commonGapDays ?? null);
  const gapDays = gap === null ? null : rounded(gap, 1);
  const daysSince = Math.max(0, daysBetween(lastOn, asOf));
  const spentMinor = Number(facts.spentMinor);
  const scores = state?.cutoffs ? scoresOf({ daysSince, visits, spentMinor }, state.cutoffs) : null;
  const model = state && publishedModel(state.decision);
  const scored = model && score(model, customer);
  return {
    memberId,
    recencyScore: scores?.recency ?? null,
    frequencyScore: scores?.frequency ?? null,
    monetaryScore: scores?.monetary ?? null,
    cell: scores && cellOf(scores, visits),
    gapDays,
    dueOn: gapDays === null ? null : dueOn(lastOn, gapDays),
    pAlive: scored && scored.pAlive !== null ? rounded(scored.pAlive, 4) : null,
    expected: scored ? eachOf(scored.expected, (value) => rounded(value, 4)) : null,
    valueMinor: scored ? eachOf(scored.value, Math.round) : null,
  };
}

const eachOf = ([a, b, c]: readonly [number, number, number], of: (value: number) => number) =>
  [of(a), of(b), of(c)] as const;

const NOTHING = {
  recencyScore: null,
  frequencyScore: null,
  monetaryScore: null,
  cell: null,
  gapDays: null,
  dueOn: null,
  pAlive: null,
  expected: null,
  valueMinor: null,
} as const;
