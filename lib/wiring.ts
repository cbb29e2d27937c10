import "server-only";
/** Who acts on which news and which job: the only file that may import every module. */
import { allBusinesses, type Context, findBusiness, forgetOldTries, systemContext } from "./access";
import { COUNTED, countDays, recountDays } from "./analytics";
import { INSIGHTFUL, INSIGHTS_JOB, insightsDue, refreshInsights, seeAfter } from "./insights";
import { IMPORT_JOB, runImport } from "./integrations";
import { advanceDue, callWebhook, LISTENED, lookAfter, onEvents, pauseBroken, WEBHOOK_JOB } from "./journeys";
import { parseId } from "./kernel/ids";
import { Refused } from "./kernel/refusals";
import { addDays, dayOf } from "./kernel/time";
import { announceAvailable, expireDue, remindOfExpiry } from "./ledger";
import { eraseAgain, forgetDeadCodes } from "./members";
import type { Minters } from "./messaging";
import { enqueue, type Task } from "./platform/jobs";
import type { Handler } from "./platform/outbox";
import { REWARD_JOB, rewardMembers } from "./pos";
import {
  countInvitations,
  expireCertificates,
  forgetRuleUses,
  giftCode,
  giftPoints,
  giftReward,
  giveOccasions,
  giveTierGifts,
  MERGED,
  programme,
  requalify,
  requalifyNightly,
  settleDue,
  settleMerged,
} from "./program";
import { FRIENDLY, forgetOpens, RELEASE_JOB, releaseRest, rewardFriends, settleWaiting } from "./referrals";
import { checkDue, decideAgain, REBUILD_JOB, rebuildDue, rebuildSegment, SEGMENT_NEWS } from "./segments";

/** Handlers of events, in the order they act on a batch. */
export const handlers: readonly Handler[] = [
  // First: it locks everybody a friend's purchase touches, and says which friends count for "invitations".
  { name: "referrals", types: FRIENDLY, handle: rewardFriends },
  { name: "invitations", types: ["purchase.recorded", "purchase.refunded"], handle: countInvitations },
  { name: "days", types: COUNTED, handle: countDays },
  onceFor("programme.saved", "requalify"),
  onceFor("business.zone_changed", "recount_days"),
  { name: "merged tiers", types: MERGED, handle: settleMerged },
  { name: "insights", types: INSIGHTFUL, handle: seeAfter },
  { name: "tier gifts", types: ["tier.changed"], handle: giveTierGifts },
  // After everything that counts: segments are decided on what the others found.
  { name: "segments", types: SEGMENT_NEWS, handle: decideAgain },
  onceFor("programme.saved", "settle_referrals"),
  { name: "journeys", types: LISTENED, handle: onEvents },
];

/** What a worker does again and again, as soon as there is any of it; answers how much there was. */
export const pulses: Readonly<Record<string, (stopping: () => boolean) => Promise<number>>> = {
  journeys: async (stopping) => {
    const now = () => new Date();
    return (await lookAfter(now, stopping)) + (await advanceDue(now, stopping));
  },
};

/** Days the nightly truth looks back on; older ones change only by a late refund, which is counted on its own day. */
const RECOUNTED_DAYS = 7;

/** Jobs by name. Each may run twice and may be stopped: it goes on where it was. */
export const tasks: Readonly<Record<string, Task>> = {
  expire_points: async (_payload, stopping) => {
    await expireDue(new Date(), stopping);
  },
  announce_points: async () => {
    await announceAvailable(new Date());
  },
  requalify: forOne("requalify", requalify),
  recount_days: forOne("recount_days", async (ctx) => await recountDays(ctx)),
  settle_referrals: forOne("settle_referrals", settleWaiting),
  [RELEASE_JOB]: async (payload) => {
    const ctx = await contextOf(payload, RELEASE_JOB);
    const memberId = parseId((payload as { memberId?: unknown }).memberId);
    if (ctx && memberId !== undefined) await releaseRest(ctx, memberId);
  },
  judge_tiers: async (_payload, stopping) => {
    await settleDue(new Date(), stopping);
  },
  remind_of_expiry: async (_payload, stopping) => {
    for (const business of await allBusinesses()) {
      if (stopping()) return;
      const ctx = systemContext(business, "remind_of_expiry", new Date());
      await remindOfExpiry(ctx, (await programme(ctx)).remindDays);
    }
  },
  [REWARD_JOB]: async (payload, stopping) => {
    await rewardMembers(payload, stopping, new Date());
  },
  segments_due: async (_payload, stopping) => {
    await checkDue(new Date(), stopping);
  },
  [REBUILD_JOB]: async (payload, stopping) => {
    const ctx = await contextOf(payload, REBUILD_JOB);
    const { segmentId, isTold } = payload as { segmentId?: unknown; isTold?: unknown };
    const id = parseId(segmentId);
    if (ctx && id !== undefined) await rebuildSegment(ctx, id, isTold !== false, stopping);
  },
  [WEBHOOK_JOB]: async (payload) => {
    await callWebhook(payload, new Date());
  },
  watch_journeys: async (_payload, stopping) => {
    await pauseBroken(new Date(), stopping);
  },
  nightly: async (_payload, stopping) => {
    await forgetOldTries(new Date());
    for (const business of await allBusinesses()) {
      if (stopping()) return;
      const ctx = systemContext(business, "nightly", new Date());
      await forgetDeadCodes(ctx);
      await eraseAgain(ctx);
      await requalifyNightly(ctx, stopping);
      await giveOccasions(ctx, stopping);
      await expireCertificates(ctx);
      await forgetRuleUses(ctx, stopping);
      await settleWaiting(ctx, stopping);
      await forgetOpens(ctx);
      await recountDays(ctx, { from: addDays(dayOf(ctx.now, business.zone), -RECOUNTED_DAYS) });
      // Last: what the night found out about members is what some segments ask.
      await rebuildDue(ctx, stopping);
    }
  },
  [INSIGHTS_JOB]: async (payload, stopping) => {
    const asked = await contextOf(payload, INSIGHTS_JOB);
    if (asked) {
      await refreshInsights(asked, stopping);
      await rebuildDue(asked, stopping);
      return;
    }
    for (const business of await allBusinesses()) {
      if (stopping()) return;
      const ctx = systemContext(business, INSIGHTS_JOB, new Date());
      if (!(await insightsDue(ctx))) continue;
      await refreshInsights(ctx, stopping);
      await rebuildDue(ctx, stopping);
    }
  },
  [IMPORT_JOB]: async (payload, stopping) => {
    const ctx = await contextOf(payload, IMPORT_JOB);
    const id = parseId((payload as { importId?: unknown }).importId);
    if (ctx && id !== undefined) await runImport(ctx, id, stopping);
  },
};

/**
 * What messages may give along, by kind: made in the transaction that lets the message through the gate, so that a message that went out
 * gave what it says, once. `days`: how long it is good; missing, as what is given says itself.
 */
export const minters: Minters = {
  points: async (tx, ctx, { memberId, messageId, with: given }) => {
    const points = Number(given.points);
    if (!Number.isFinite(points) || points <= 0) throw new Refused("invalid", { field: "points" });
    const gift = { memberId, key: `message:${messageId}`, days: daysOf(given), comment: null };
    const { until } = await giftPoints(tx, ctx, { ...gift, points: BigInt(Math.round(points * 100)) });
    return { offerPoints: points, ...untilOf(until) };
  },
  promo_code: async (tx, ctx, { memberId, messageId, with: given }) => {
    const gift = { memberId, key: `message:${messageId}`, days: daysOf(given) };
    const { code, until } = await giftCode(tx, ctx, { ...gift, promoId: idOf(given.promoId) });
    return { promoCode: code, ...untilOf(until) };
  },
  reward: async (tx, ctx, { memberId, messageId, with: given }) => {
    const gift = { memberId, key: `message:${messageId}`, days: daysOf(given), comment: null };
    const { name, until } = await giftReward(tx, ctx, { ...gift, rewardId: idOf(given.rewardId) });
    return { reward: name, ...untilOf(until) };
  },
};

type Promised = Parameters<Minters[string]>[2]["with"];
const daysOf = ({ days }: Promised): number | null =>
  typeof days === "number" && Number.isInteger(days) && days > 0 ? days : null;
const untilOf = (until: string | null) => (until === null ? {} : { offerUntil: until });

function idOf(value: unknown): bigint {
  const id = parseId(value);
  if (id === undefined) throw new Refused("not_found");
  return id;
}

/** When jobs run by themselves (UTC); missed runs are made up for after a pause. */
export const crontab = `
*/5 * * * * expire_points ?fill=1h&max=3
*/15 * * * * announce_points ?fill=1h&max=3
* * * * * segments_due ?fill=10m&max=3
17 2 * * * nightly ?fill=1d&max=3
*/5 * * * * watch_journeys ?fill=10m&max=3
*/10 * * * * insights ?fill=1h&max=3
*/10 * * * * judge_tiers ?fill=1h&max=3
41 5 * * * remind_of_expiry ?fill=1d&max=3
`;

/** After news of a type, a job about its business: one, however much of that news is waiting. */
function onceFor(type: string, job: string): Handler {
  return {
    name: job,
    types: [type],
    handle: (tx, businessId) =>
      enqueue(tx, job, { businessId: businessId.toString() }, `${job}:${businessId}`),
  };
}

/** A job about the one business its payload names. */
function forOne(job: string, run: (ctx: Context, stopping: () => boolean) => Promise<unknown>): Task {
  return async (payload, stopping) => {
    const ctx = await contextOf(payload, job);
    if (ctx) await run(ctx, stopping);
  };
}

/** The context a job about one business runs in; nothing when the business is gone. */
async function contextOf(payload: unknown, job: string): Promise<Context | undefined> {
  const id = parseId((payload as { businessId?: unknown }).businessId);
  const business = id === undefined ? undefined : await findBusiness({ id });
  return business && systemContext(business, job, new Date());
}
