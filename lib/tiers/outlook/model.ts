import {
  keepOf,
  type Ladder,
  type Missing,
  meets,
  missing,
  type NextTier,
  nextTier,
  progressTo,
  type Tier,
  tierById,
} from "../model";
import { figuresIn, figuresOf, isOverdue, type Past, type Stood, settled } from "../standing/model";
import { windowEnd, windowStart } from "../window/model";

/** What is left to keep a tier. */
export type Keeping = Missing & {
  /** What is there must be there then: the end of the period, or the day the oldest purchases stop counting. */
  readonly by: Date;
  /** Everything for the next time is done already. */
  readonly isDone: boolean;
  /** The tier is below what keeps it and ends at `by`. */
  readonly isGrace: boolean;
  readonly progress: number;
};

/** What a member's card says of tiers. */
export type Outlook = {
  readonly tier: Tier;
  readonly next: NextTier | null;
  /** Null: nothing is needed to keep it. */
  readonly keeping: Keeping | null;
  /** The day (exclusive) a tier given by hand ends, and what there would be without it. */
  readonly given: { readonly until: Date; readonly earned: Tier } | null;
};

/** The outlook of a member. Shape: `past` reaches back to where the kept window begins; what is overdue is settled first. */
export function outlookOf(ladder: Ladder, member: Stood, past: Past, now: Date, zone: string): Outlook {
  const stood = isOverdue(ladder, member, now)
    ? { ...member, ...settled(ladder, member, past, now, zone) }
    : member;
  const figures = figuresOf(ladder, stood);
  const tier = tierById(ladder.base, ladder.tiers, stood.tierId);
  const { life } = stood;
  const given = life?.manual && life.manual.until > now ? life.manual : null;
  const earned = tierById(ladder.base, ladder.tiers, life?.earned ?? stood.tierId);
  return {
    tier,
    next: nextTier(tier, ladder, figures) ?? null,
    keeping: earned.id === "base" ? null : keepingOf(ladder, stood, earned, past, now, zone),
    given: given && { until: given.until, earned },
  };
}

function keepingOf(
  ladder: Ladder,
  stood: Stood,
  earned: Tier,
  past: Past,
  now: Date,
  zone: string,
): Keeping | null {
  const { window } = ladder.qualifying;
  const { life } = stood;
  if (window.kind === "ever" || !life) return null;
  const wanted = keepOf(earned);
  const figures = figuresOf(ladder, stood);
  const isDone = meets(ladder, wanted, figures);
  const say = (by: Date, at: typeof figures, done: boolean): Keeping => ({
    by,
    isDone: done,
    isGrace: life.graceUntil !== null && !isDone,
    ...missing(ladder, wanted, at),
    progress: done ? 1 : progressTo(ladder, wanted, at),
  });
  if (window.kind !== "rolling") {
    const by = life.graceUntil ?? life.slideAt;
    return by && say(by, figures, isDone);
  }
  if (!isDone) {
    const by = life.graceUntil ?? life.slideAt;
    return by && say(by, figuresIn(past, windowStart(window, by, zone), by), false);
  }
  // The first day on which what is left of today's purchases no longer keeps the tier.
  const ends = [...past.purchases.map(({ at }) => at), ...past.friends]
    .map((at) => windowEnd(window, at, zone))
    .filter((end): end is Date => end !== null && end > now)
    .toSorted((a, b) => a.getTime() - b.getTime());
  for (const end of ends) {
    const left = figuresIn(past, windowStart(window, end, zone), end);
    if (meets(ladder, wanted, left)) continue;
    const held = life.graceUntil !== null && life.graceUntil > end ? life.graceUntil : end;
    return say(held, figuresIn(past, windowStart(window, held, zone), held), false);
  }
  return null;
}
