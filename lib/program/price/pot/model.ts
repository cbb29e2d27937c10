/** What the steps of pricing a bill share. */
import type { Tier } from "../../../tiers/model";
import type { Bill, Programme, Standing } from "../../model";
import type { Misses } from "../../rules/match/model";
import type { GivesKind } from "../../rules/model";
import type { Chosen } from "../../rules/stack/model";
import type { Part } from "../../rules/sums/model";

/** A rule that did something: points or money by its kind, on goods worth `onMinor`. `isLimited`: a limit made it less. */
export type Fired = Chosen & {
  readonly amount: bigint;
  readonly onMinor: bigint;
  readonly isLimited: boolean;
};

export type Pot = {
  readonly programme: Programme;
  readonly standing: Standing;
  readonly bill: Bill;
  readonly tier: Tier;
  readonly parts: readonly Part[];
  readonly chosen: readonly Chosen[];
  readonly fired: Fired[];
  readonly misses: Misses;
};

export const earnBps = (programme: Programme, tier: Tier): number =>
  programme.policy === "points" ? tier.rateBps : 0;
export const shareBps = (programme: Programme, tier: Tier): number =>
  tier.maxPointsBps ?? programme.maxPointsBps;
export const kindOf = ({ ready }: Chosen): GivesKind => ready.rule.gives.is;
export const priceOf = ({ line }: Part): bigint => line.amountMinor;

/** The rate a rule sets in the place of another. */
export const bpsOf = (one: Chosen | undefined): number | undefined => {
  const gives = one?.ready.rule.gives;
  return gives?.is === "share" || gives?.is === "rate" ? gives.bps : undefined;
};

/** Of rules that stand in one another's place, the higher priority holds, then the better, then the older. */
export const byPriorityAndBps = (a: Chosen, b: Chosen): number =>
  b.ready.rule.priority - a.ready.rule.priority ||
  (bpsOf(b) ?? 0) - (bpsOf(a) ?? 0) ||
  a.ready.order - b.ready.order;
