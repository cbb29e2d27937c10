import "server-only";
/**
 * Tiers: a status with a life.
 *
 * Owns what is kept of a member's standing beside the tier itself, and the history of its moves. Always true: a tier is what the
 * figures of its window earned, or what staff gave while it lasts; every move has a row that says why.
 */
import { audit, type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { addDays, dayOf, startOfDay } from "../kernel/time";
import { type Tx, withBusiness } from "../platform/db";
import { higher, type Ladder, tierById } from "./model";
import { type Outlook, outlookOf } from "./outlook/model";
import type { GiveTierInput } from "./schema";
import { NO_PAST, pastFrom, settleMembers } from "./settle";
import { type Entry, newLife, type Past, type Stood, standsOn } from "./standing/model";
import * as store from "./store";

export { giftOf, keepGift, takeGiftBack } from "./gifts";
export type { Outlook } from "./outlook/model";
export { judgeMembers, NO_PAST, settleMembers } from "./settle";
export { type TierMove } from "./store";

const HISTORY_MAX = 50;
/** A tier given by hand ends within three years. */
const GIVEN_DAYS_MAX = 1_096;

/** A member's moves between tiers, newest first. Refuses: `forbidden` for another's card. */
export async function tierMoves(ctx: Context, memberId: bigint): Promise<store.TierMove[]> {
  requireReadable(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) =>
    store.movesOf(tx, ctx.business.id, memberId, HISTORY_MAX),
  );
}

/** What members did between two moments, refunds of later taken off, inside a running transaction; who did nothing is missing. */
export async function pastsBefore(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<Map<bigint, Past>> {
  const pasts = await store.pastsOf(tx, businessId, memberIds, from);
  const before = ({ purchases, friends }: Past): Past => ({
    purchases: purchases.filter(({ at }) => at < until),
    friends,
  });
  return new Map([...pasts].map(([memberId, past]) => [memberId, before(past)]));
}

/** Members whose standing is due, across businesses, the longest due first. */
export async function dueStandings(
  now: Date,
  limit: number,
): Promise<{ businessId: bigint; memberId: bigint }[]> {
  return await store.dueMembers(now, limit);
}

/** The tiers a member entered since a moment, newest first: what a refund may undo. Refuses: `forbidden`. */
export async function tierEntries(ctx: Context, memberId: bigint, since: Date): Promise<Entry[]> {
  require(ctx, "sales:refund");
  return await withBusiness(ctx.business.id, (tx) =>
    store.entriesSince(tx, ctx.business.id, memberId, since),
  );
}

/**
 * What is left to the next tier, and what is left, by when, to keep the present one.
 *
 * Time: as of `ctx.now`, whether or not a job has been there. Refuses: `forbidden` for another's card.
 */
export async function outlook(
  ctx: Context,
  ladder: Ladder,
  member: Stood & { readonly id: bigint },
): Promise<Outlook> {
  requireReadable(ctx, member.id);
  const { zone } = ctx.business;
  const isWindowed = ladder.qualifying.window.kind !== "ever";
  const past = isWindowed
    ? await withBusiness(ctx.business.id, (tx) =>
        store.pastsOf(tx, ctx.business.id, [member.id], pastFrom(ladder, [member], ctx.now, zone)),
      )
    : undefined;
  return outlookOf(ladder, member, past?.get(member.id) ?? NO_PAST, ctx.now, zone);
}

/**
 * Puts a member on a tier by hand until the end of a day; it ends by itself. What purchases earn meanwhile counts.
 *
 * Refuses: `not_found` for an unknown member or tier, `invalid` for a day that is over or too far away.
 */
export async function giveTier(ctx: Context, ladder: Ladder, input: GiveTierInput): Promise<void> {
  require(ctx, "tiers:give");
  const { zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  if (input.until < today || input.until > addDays(today, GIVEN_DAYS_MAX))
    throw new Refused("invalid", { field: "until" });
  if (tierById(ladder.base, ladder.tiers, input.tierId).id !== input.tierId)
    throw new Refused("not_found", { what: "tier" });
  const until = startOfDay(addDays(input.until, 1), zone);
  await change(ctx, ladder, input.memberId, async (tx, stood) => {
    const start = stood.life ?? newLife(ladder, stood.tierId, ctx.now, zone);
    const life = { ...start, manual: { tierId: input.tierId, until } };
    await audit(tx, ctx, "tier.give", subjectOf(input.memberId), {
      tier: input.tierId,
      until: input.until,
      comment: input.comment,
    });
    return { life, reason: "given" as const, until, comment: input.comment || null };
  });
}

/** Ends a tier given by hand before its day. Refuses: `not_found` when none is. */
export async function endGivenTier(ctx: Context, ladder: Ladder, memberId: bigint): Promise<void> {
  require(ctx, "tiers:give");
  await change(ctx, ladder, memberId, async (tx, { life }) => {
    if (!life?.manual) throw new Refused("not_found", { what: "tier" });
    await audit(tx, ctx, "tier.end", subjectOf(memberId), { tier: life.manual.tierId });
    return { life: { ...life, manual: null }, reason: "given_end" as const, comment: null };
  });
}

const subjectOf = (id: bigint) => ({ kind: "member", id });

type Change = {
  life: NonNullable<Stood["life"]>;
  reason: "given" | "given_end";
  until?: Date;
  comment: string | null;
};

async function change(
  ctx: Context,
  ladder: Ladder,
  memberId: bigint,
  decide: (tx: Tx, stood: Stood) => Promise<Change>,
): Promise<void> {
  const { id, zone } = ctx.business;
  await withBusiness(id, async (tx) => {
    const asked = { memberIds: [memberId], now: ctx.now, reason: "window", all: true } as const;
    await settleMembers(tx, { id, zone }, ladder, asked);
    const [stood] = await store.lockStood(tx, id, [memberId]);
    if (!stood) throw new Refused("not_found", { what: "member" });
    const { life, ...why } = await decide(tx, stood);
    const tierAfter = standsOn(ladder, life, ctx.now);
    const isKept = life.manual !== null || ladder.qualifying.window.kind !== "ever";
    await store.writeStandings(tx, id, ctx.now, [
      {
        memberId,
        life: isKept ? life : null,
        tierBefore: stood.tierId,
        tierAfter,
        isUp: higher(ladder, stood.tierId, tierAfter) === tierAfter,
        bump: true,
        staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
        ...why,
      },
    ]);
  });
}

function requireReadable(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind !== "member") return require(ctx, "members:read");
  require(ctx, "own:read");
  if (ctx.actor.id !== memberId) throw new Refused("forbidden");
}
