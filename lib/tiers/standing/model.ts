import { assert } from "../../kernel/refusals";
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import {
  higher,
  keepOf,
  type Ladder,
  ladderOrder,
  meets,
  type Progress,
  qualify,
  qualifyToKeep,
  tierById,
} from "../model";
import { windowEnd, windowKey, windowStart } from "../window/model";

/** What is kept of a member's standing beside the tier itself: the sums of the window and what is due when. */
export type Life = {
  /** The window the sums were counted in. */
  readonly key: string;
  /** The tier the figures earned, whatever staff gave. */
  readonly earned: string;
  readonly from: Date | null;
  readonly figures: Progress;
  /** When something stops counting. */
  readonly slideAt: Date | null;
  /** Until when somebody below what keeps the tier stays on it. */
  readonly graceUntil: Date | null;
  readonly manual: { readonly tierId: string; readonly until: Date } | null;
};

/** A member as a decision about tiers finds them. `totals`: figures of all times. */
export type Stood = { readonly tierId: string; readonly life: Life | null; readonly totals: Progress };
export type Stands = { readonly tierId: string; readonly life: Life | null };

/** What a member did: purchases less what was refunded of them, and when each invited friend first bought. */
export type Past = {
  readonly purchases: readonly { readonly at: Date; readonly cashMinor: bigint; readonly isVisit: boolean }[];
  readonly friends: readonly Date[];
};

export const NOTHING: Progress = { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 };

/** The figures that qualify now: those of the window, or of all times. */
export const figuresOf = (ladder: Ladder, { life, totals }: Stood): Progress =>
  ladder.qualifying.window.kind === "ever" ? totals : (life?.figures ?? NOTHING);

/** When the member must be looked at next, or never. */
export function dueAt(life: Life): Date | null {
  const moments = [life.slideAt, life.graceUntil, life.manual?.until ?? null];
  const known = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}

/** Whether what is kept must be brought up to date before a decision is based on it. */
export function isOverdue(ladder: Ladder, { life, totals }: Stood, now: Date): boolean {
  if (!life)
    return ladder.qualifying.window.kind !== "ever" && (totals.visits > 0 || totals.effectiveInvited > 0);
  const due = dueAt(life);
  return life.key !== windowKey(ladder.qualifying.window) || (due !== null && due <= now);
}

/** The tier that holds: what was earned, or what staff gave while it lasts. */
export function standsOn(ladder: Ladder, life: Life, now: Date): string {
  const { manual } = life;
  const earned = tierById(ladder.base, ladder.tiers, life.earned).id;
  if (!manual || manual.until <= now) return earned;
  return higher(ladder, earned, tierById(ladder.base, ladder.tiers, manual.tierId).id);
}

/** What is kept of somebody nothing is known of yet. */
export function newLife(ladder: Ladder, earned: string, now: Date, zone: string): Life {
  const { window } = ladder.qualifying;
  const isCalendar = window.kind !== "ever" && window.kind !== "rolling";
  return {
    key: windowKey(window),
    earned,
    from: windowStart(window, now, zone),
    figures: NOTHING,
    slideAt: isCalendar ? windowEnd(window, now, zone) : null,
    graceUntil: null,
    manual: null,
  };
}

const added = (at: Progress, cashMinor: bigint, visits: number): Progress => ({
  ...at,
  cashSpentMinor: at.cashSpentMinor + cashMinor,
  visits: at.visits + visits,
});

/**
 * Where a purchase puts a member: up at once, never down.
 *
 * Shape: ask `isOverdue` before; `life` stays nothing where the figures of all times say it all.
 */
export function afterPurchase(
  ladder: Ladder,
  stood: Stood,
  cashMinor: bigint,
  now: Date,
  zone: string,
): Stands {
  const { window } = ladder.qualifying;
  if (window.kind === "ever") return ofAllTimes(ladder, stood, added(stood.totals, cashMinor, 1), now);
  const was = stood.life ?? newLife(ladder, stood.tierId, now, zone);
  const figures = added(was.figures, cashMinor, 1);
  const earned = higher(ladder, was.earned, qualify(ladder, figures).id);
  const isKept = meets(ladder, keepOf(tierById(ladder.base, ladder.tiers, earned)), figures);
  const life = {
    ...was,
    figures,
    earned,
    slideAt: was.slideAt ?? (window.kind === "rolling" ? windowEnd(window, now, zone) : null),
    graceUntil: isKept && endsGrace(ladder) ? null : was.graceUntil,
  };
  return { tierId: standsOn(ladder, life, now), life };
}

/**
 * Whether figures that keep the tier end its grace at once. A calendar period is judged when the grace is over: only then does the
 * next one begin to count. Falling step by step, the same moment is how long the lower tier is held.
 */
const endsGrace = ({ qualifying }: Ladder): boolean =>
  qualifying.window.kind === "rolling" && qualifying.downgrade === "full";

function ofAllTimes(ladder: Ladder, { life }: Stood, totals: Progress, now: Date): Stands {
  const earned = qualify(ladder, totals).id;
  const kept = life && { ...life, earned };
  return { tierId: kept ? standsOn(ladder, kept, now) : earned, life: kept };
}

/** An entry of the history that lifted a member, with the figures that did. */
export type Entry = {
  readonly tierBefore: string;
  readonly tierAfter: string;
  readonly from: Date | null;
  readonly figures: Progress;
};

/**
 * Where a refund puts a member: as if the refunded part had never been bought.
 *
 * Shape: `entries` are the tiers entered since the purchase, newest first, with figures that still hold the refunded part. A tier
 * whose figures no longer reach it was never entered; one entered before the purchase is only left at the window's end.
 */
export function afterRefund(
  ladder: Ladder,
  stood: Stood,
  refunded: { readonly boughtAt: Date; readonly cashMinor: bigint; readonly isFull: boolean },
  entries: readonly Entry[],
  now: Date,
): Stands {
  const minus = (at: Progress) => added(at, -refunded.cashMinor, refunded.isFull ? -1 : 0);
  if (ladder.qualifying.window.kind === "ever") return ofAllTimes(ladder, stood, minus(stood.totals), now);
  const was = stood.life;
  if (!was) return { tierId: stood.tierId, life: null };
  const isCounted = was.from !== null && refunded.boughtAt >= was.from;
  let earned = was.earned;
  for (const entry of entries) {
    if (entry.tierAfter !== earned || (entry.from !== null && refunded.boughtAt < entry.from)) break;
    const figures = minus(entry.figures);
    if (meets(ladder, tierById(ladder.base, ladder.tiers, earned), figures)) break;
    earned = higher(ladder, entry.tierBefore, qualify(ladder, figures).id);
    if (earned !== entry.tierBefore) break;
  }
  // Due at once: a sum that fell below what keeps the tier starts the grace it would have started by itself.
  const slideAt = was.slideAt && ladder.qualifying.window.kind === "rolling" ? now : was.slideAt;
  const life = { ...was, earned, figures: isCounted ? minus(was.figures) : was.figures, slideAt };
  return { tierId: standsOn(ladder, life, now), life };
}

/** The figures of a stretch of time. */
export function figuresIn(past: Past, from: Date | null, to: Date): Progress {
  const isIn = (at: Date) => (from === null || at >= from) && at < to;
  const bought = past.purchases.filter(({ at }) => isIn(at));
  return {
    cashSpentMinor: bought.reduce((sum, { cashMinor }) => sum + cashMinor, 0n),
    visits: bought.filter(({ isVisit }) => isVisit).length,
    effectiveInvited: past.friends.filter(isIn).length,
  };
}

const STEPS_MAX = 20_000;

/**
 * Brings a member's standing up to date: windows that ended are judged one after another, grace and manual tiers end.
 *
 * Shape: `past` reaches back to where the kept window begins. Figures may also lift, as invitations and a changed programme do.
 */
export function settled(ladder: Ladder, stood: Stood, past: Past, now: Date, zone: string): Stands {
  const { window } = ladder.qualifying;
  const until = new Date(now.getTime() + 1);
  const manual = stood.life?.manual && stood.life.manual.until > now ? stood.life.manual : null;
  if (window.kind === "ever") {
    const life = manual && { ...newLife(ladder, "base", now, zone), manual };
    return ofAllTimes(ladder, { ...stood, life }, stood.totals, now);
  }
  let life = stood.life?.key === windowKey(window) ? stood.life : rebased(ladder, stood, past, now, zone);
  for (let step = 0; ; step += 1) {
    assert(step < STEPS_MAX, "windows end one after another");
    const due = dueAt({ ...life, manual: null });
    if (!due || due > now) break;
    life =
      window.kind === "rolling" ? slid(ladder, life, past, due, zone) : turned(ladder, life, past, due, zone);
  }
  const figures = figuresIn(past, life.from, until);
  const earned = higher(ladder, life.earned, qualify(ladder, figures).id);
  life = { ...life, figures, earned, manual };
  return { tierId: standsOn(ladder, life, now), life };
}

/** Another window than the one counted in: counted anew, and judged at once by what keeps a tier. */
function rebased(ladder: Ladder, stood: Stood, past: Past, now: Date, zone: string): Life {
  const tier = tierById(ladder.base, ladder.tiers, stood.life?.earned ?? stood.tierId);
  const start = newLife(ladder, tier.id, now, zone);
  const figures = figuresIn(past, start.from, new Date(now.getTime() + 1));
  const isKept = tier.id === "base" || meets(ladder, keepOf(tier), figures);
  const earned = isKept ? tier.id : qualifyToKeep(ladder, figures).id;
  return { ...start, earned, slideAt: start.slideAt ?? oldestEnds(ladder, past, start.from, zone) };
}

function oldestEnds(ladder: Ladder, past: Past, from: Date | null, zone: string): Date | null {
  const counted = [...past.purchases.map(({ at }) => at), ...past.friends].filter(
    (at) => !from || at >= from,
  );
  if (counted.length === 0) return null;
  const oldest = new Date(Math.min(...counted.map((at) => at.getTime())));
  return windowEnd(ladder.qualifying.window, oldest, zone);
}

/** A rolling window moves on to `due`. */
function slid(ladder: Ladder, life: Life, past: Past, due: Date, zone: string): Life {
  const { window, graceDays } = ladder.qualifying;
  const from = windowStart(window, due, zone);
  const next = { ...life, from, slideAt: oldestEnds(ladder, past, from, zone) };
  const figures = figuresIn(past, from, due);
  const isOver = life.graceUntil === null || life.graceUntil <= due;
  if (isKeptBy(ladder, life.earned, figures))
    return isOver || endsGrace(ladder) ? { ...next, graceUntil: null } : next;
  if (life.graceUntil === null && graceDays > 0) return { ...next, graceUntil: later(due, graceDays, zone) };
  if (!isOver) return next;
  const earned = fallen(ladder, life.earned, figures);
  // One step at a time: the lower tier is held for a whole window before it is judged again.
  const holds = ladder.qualifying.downgrade === "step" && window.kind === "rolling" && earned !== "base";
  const held = holds ? later(due, window.days, zone) : null;
  return { ...next, earned, graceUntil: held };
}

/** A calendar period, or the grace after it, ends at `due`. */
function turned(ladder: Ladder, life: Life, past: Past, due: Date, zone: string): Life {
  const { window, graceDays } = ladder.qualifying;
  const figures = figuresIn(past, life.from, due);
  const isKept = isKeptBy(ladder, life.earned, figures);
  if (!isKept && life.graceUntil === null && graceDays > 0)
    return { ...life, slideAt: null, graceUntil: later(due, graceDays, zone) };
  return {
    ...life,
    earned: isKept ? life.earned : fallen(ladder, life.earned, figures),
    from: windowStart(window, due, zone),
    slideAt: windowEnd(window, due, zone),
    graceUntil: null,
  };
}

const later = (at: Date, days: number, zone: string) => startOfDay(addDays(dayOf(at, zone), days), zone);

function isKeptBy(ladder: Ladder, id: string, figures: Progress): boolean {
  const tier = tierById(ladder.base, ladder.tiers, id);
  return tier.id === "base" || meets(ladder, keepOf(tier), figures);
}

function fallen(ladder: Ladder, id: string, figures: Progress): string {
  const order = ladderOrder(ladder).map((tier) => tier.id);
  const below = order.slice(0, Math.max(1, order.indexOf(id)));
  if (ladder.qualifying.downgrade === "step") return below.at(-1) ?? "base";
  const kept = qualifyToKeep(
    { ...ladder, tiers: ladder.tiers.filter((tier) => below.includes(tier.id)) },
    figures,
  );
  return kept.id;
}
