import "server-only";
import { audit, type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { type Tx, withBusiness } from "../platform/db";
import { enqueue } from "../platform/jobs";
import { programmeAtIn, recountInviter } from "../program";
import * as office from "./office/store";
import { pay, verdictOf } from "./rewards/post";
import * as rewards from "./rewards/store";
import type { Decision } from "./schema";
import * as store from "./store";

const PAGE = 20;
/** Rewards released at once; the rest of a long queue follows as a job. */
const RELEASED = 100;
export const RELEASE_JOB = "release_referrals";

export type ReviewPage = { readonly rows: readonly office.Review[]; readonly next: bigint | null };

/** Invitations that wait for a decision, the longest waiting first. Shape: 20 a page. */
export async function reviews(ctx: Context, after: bigint | null = null): Promise<ReviewPage> {
  require(ctx, "analytics:read");
  const { id } = ctx.business;
  const found = await withBusiness(id, (tx) => office.reviews(tx, id, after, PAGE + 1));
  const rows = found.slice(0, PAGE);
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.memberId ?? null) : null };
}

/**
 * Accepts an invitation, and gives what has waited for it; or turns it down, and nothing is ever given for it.
 *
 * Refuses: `stale` when somebody decided already.
 */
export async function decideReview(ctx: Context, { memberId, accept, reason }: Decision): Promise<void> {
  require(ctx, "points:give");
  const { id } = ctx.business;
  const by = ctx.actor.kind === "staff" ? ctx.actor.id : null;
  await withBusiness(id, async (tx) => {
    const decision = { state: accept ? ("open" as const) : ("rejected" as const), reason, at: ctx.now, by };
    const decided = await office.decide(tx, id, memberId, decision);
    if (!decided) throw new Refused("stale");
    const subject = { kind: "member", id: memberId };
    await audit(tx, ctx, accept ? "referral.accept" : "referral.reject", subject);
    const standing = await lockFriend(tx, id, memberId);
    if (accept) await release(tx, ctx, memberId, standing);
    else await rewards.dropHeldBy(tx, id, memberId);
    await recountInviter(tx, id, decided.inviterId, ctx.now);
  });
}

/** Goes on giving what waited for an accepted invitation. Shape: a job; stopped or run twice, it only finishes what is left. */
export async function releaseRest(ctx: Context, memberId: bigint): Promise<void> {
  require(ctx, "jobs:run");
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => release(tx, ctx, memberId, await lockFriend(tx, id, memberId)));
}

type Standings = ReadonlyMap<bigint, store.Standing>;

/** Locks a friend and who stands above: news being handled may be about to hold one more reward for this review. */
async function lockFriend(tx: Tx, id: bigint, memberId: bigint): Promise<Standings> {
  const above = await store.chainsOf(tx, id, [memberId]);
  return await store.lock(tx, id, [memberId, ...above.map(({ ancestorId }) => ancestorId)]);
}

async function release(tx: Tx, ctx: Context, memberId: bigint, held: Standings): Promise<void> {
  const { id, zone } = ctx.business;
  const waiting = await rewards.heldBy(tx, id, memberId, RELEASED);
  const others = waiting.flatMap((reward) => (held.has(reward.memberId) ? [] : [reward.memberId]));
  const standing = new Map([...held, ...(await store.lock(tx, id, [...new Set(others)]))]);
  const steps = await store.chainsOf(tx, id, [...new Set(waiting.map(({ friendId }) => friendId))]);
  const states = await store.statesOf(tx, id, [...new Set(steps.map(({ linkId }) => linkId))]);
  const desk = { tx, businessId: id, zone, at: ctx.now, standing, sums: new Map() };
  for (const reward of waiting) {
    const links = steps.filter((step) => step.memberId === reward.friendId);
    const verdict = verdictOf(reward.level, links, states);
    if (verdict.state !== "paid") {
      await rewards.change(tx, id, reward, verdict);
      continue;
    }
    const { referral } = await programmeAtIn(tx, id, reward.programmeVersion);
    await pay(desk, reward, referral);
  }
  await store.addSums(tx, id, desk.sums);
  if (waiting.length < RELEASED) return;
  const payload = { businessId: id.toString(), memberId: memberId.toString() };
  await enqueue(tx, RELEASE_JOB, payload, `${RELEASE_JOB}:${id}:${memberId}`);
}
