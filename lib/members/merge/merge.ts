import "server-only";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { violatedConstraint, withBusiness } from "../../platform/db";
import { publish } from "../../platform/outbox";
import type { Likeness, MergeInput } from "./schema";
import * as store from "./store";

export type { MergeRow, MergeSide } from "./store";
export { idsOf, survivorNamed } from "./store";

/** Both sides of a merge, and what they are together. */
export type MergePreview = {
  readonly survivor: store.MergeSide;
  readonly loser: store.MergeSide;
  /** What is no sum of both. */
  readonly together: { readonly tags: number; readonly refusedConsents: number };
};

/** What a merge would do, before it does it. Refuses: `not_found`, `merge_same`. */
export async function previewMerge(ctx: Context, input: MergeInput): Promise<MergePreview> {
  require(ctx, "members:merge");
  if (input.survivorId === input.loserId) throw new Refused("merge_same");
  const { id } = ctx.business;
  const ids = [input.survivorId, input.loserId];
  return await withBusiness(id, async (tx) => {
    const found = await store.sides(tx, id, ids);
    const survivor = found.find((side) => side.id === input.survivorId);
    const loser = found.find((side) => side.id === input.loserId);
    if (!survivor || !loser) throw new Refused("not_found");
    return { survivor, loser, together: await store.together(tx, id, ids) };
  });
}

/**
 * Makes two members one: everything of the second becomes the first's, points lot by lot through the ledger. What the first does not
 * know of itself it learns; where the two agreed to different things, the no holds; the second's phone, codes, numbers and sign-in
 * lead to the first from now on. Answers the merge's id, by which it is taken back.
 *
 * Refuses: `not_found`, `merge_same`. Shape: one transaction, both members locked, the lower id first.
 */
export async function mergeMembers(ctx: Context, input: MergeInput): Promise<bigint> {
  require(ctx, "members:merge");
  const { id: businessId } = ctx.business;
  const mergeId = newId(ctx.now);
  await withBusiness(businessId, async (tx) => {
    await store.merge(tx, { businessId, now: ctx.now, mergeId, ...input, staffId: staffOf(ctx) });
    const subject = { kind: "member", id: input.survivorId } as const;
    await audit(tx, ctx, "member.merge", subject, {
      loserId: Number(input.loserId),
      mergeId: Number(mergeId),
    });
    const news = { businessId, at: ctx.now };
    const payload = { survivorId: input.survivorId.toString(), mergeId: mergeId.toString() };
    await publish(tx, { ...news, memberId: input.loserId, type: "member.merged", payload });
    await publish(tx, { ...news, memberId: input.survivorId, type: "member.changed", payload: {} });
  });
  return mergeId;
}

/**
 * Takes a merge back: both members are as they were. What the survivor did since stays theirs.
 *
 * Refuses: `merge_used` once anything that moved was used (points spent or burned, a purchase refunded, a reward redeemed);
 * `merge_final` when it was taken back before, or the survivor is no more; `not_found`; `phone_taken`.
 */
export async function undoMerge(ctx: Context, mergeId: bigint): Promise<bigint> {
  require(ctx, "members:merge");
  const { id: businessId } = ctx.business;
  try {
    return await withBusiness(businessId, async (tx) => {
      const { survivorId, loserId } = await store.unmerge(tx, {
        businessId,
        now: ctx.now,
        mergeId,
        staffId: staffOf(ctx),
      });
      const detail = { loserId: Number(loserId), mergeId: Number(mergeId) };
      await audit(tx, ctx, "member.unmerge", { kind: "member", id: survivorId }, detail);
      const news = { businessId, at: ctx.now };
      const payload = { survivorId: survivorId.toString() };
      await publish(tx, { ...news, memberId: loserId, type: "member.restored", payload });
      await publish(tx, { ...news, memberId: survivorId, type: "member.changed", payload: {} });
      return loserId;
    });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("phone_taken");
    throw error;
  }
}

/** Whom a member took over, and what else they are found by since. */
export async function mergesOf(
  ctx: Context,
  memberId: bigint,
): Promise<{ merges: store.MergeRow[]; names: { kind: "phone" | "email"; value: string }[] }> {
  require(ctx, "members:read");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => ({
    merges: await store.mergesOf(tx, id, memberId),
    names: await store.otherNames(tx, id, memberId),
  }));
}

/** The member an old number of a merged member leads to; nothing when it was never merged. */
export async function mergedInto(ctx: Context, memberId: bigint): Promise<bigint | undefined> {
  require(ctx, "members:read");
  const { id } = ctx.business;
  return await withBusiness(id, (tx) => store.survivorOf(tx, id, "id", memberId.toString()));
}

/** Two members who look like one person, and why. */
export type Duplicate = {
  readonly a: store.MergeSide;
  readonly b: store.MergeSide;
  readonly likeness: Likeness;
};

const PAIRS_MAX = 60;

/** Likely duplicates of the business: the same phone in another writing, the same mailbox, a like name and the same birthday. */
export async function duplicates(ctx: Context): Promise<{ pairs: Duplicate[]; isCut: boolean }> {
  require(ctx, "members:merge");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const likely = await store.likelyPairs(tx, id, PAIRS_MAX + 1);
    const found = await withSides(tx, id, likely.slice(0, PAIRS_MAX));
    return { pairs: found, isCut: likely.length > PAIRS_MAX };
  });
}

/** Those who look like one member. */
export async function duplicatesOf(ctx: Context, memberId: bigint): Promise<Duplicate[]> {
  require(ctx, "members:merge");
  const { id } = ctx.business;
  return await withBusiness(
    id,
    async (tx) => await withSides(tx, id, await store.likelyFor(tx, id, memberId)),
  );
}

async function withSides(
  tx: Parameters<typeof store.sides>[0],
  businessId: bigint,
  pairs: readonly store.LikelyPair[],
): Promise<Duplicate[]> {
  const ids = [...new Set(pairs.flatMap(({ aId, bId }) => [aId, bId]))];
  const byId = new Map((await store.sides(tx, businessId, ids)).map((side) => [side.id, side]));
  return pairs.flatMap(({ aId, bId, likeness }) => {
    const [a, b] = [byId.get(aId), byId.get(bId)];
    return a && b ? [{ a, b, likeness }] : [];
  });
}

/** Remembers that two who look alike are two people: they are not shown as duplicates again. */
export async function keepApart(ctx: Context, aId: bigint, bId: bigint): Promise<void> {
  require(ctx, "members:merge");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    if ((await store.sides(tx, businessId, [aId, bId])).length !== 2) throw new Refused("not_found");
    await store.keepApart(tx, { businessId, ids: [aId, bId], now: ctx.now, staffId: staffOf(ctx) });
    await audit(tx, ctx, "member.distinct", { kind: "member", id: aId }, { otherId: Number(bId) });
  });
}

const staffOf = (ctx: Context): bigint | null => (ctx.actor.kind === "staff" ? ctx.actor.id : null);
