import "server-only";
import { newId } from "../../kernel/ids";
import { dayOf, startOfDay } from "../../kernel/time";
import { postGrant } from "../../ledger";
import { NEVER } from "../../ledger/model";
import type { Tx } from "../../platform/db";
import { expiryAfter } from "../../program/model";
import type { ReferralTerms } from "../../program/schema";
import { activeSince, type Link, type ReferralState, type Reward } from "../model";
import * as store from "../store";
import { addTo, type Sums } from "../sums";
import * as rewards from "./store";

/** What posting needs beside the reward: the moment, the business's calendar and how the locked members stand. */
export type Desk = {
  readonly tx: Tx;
  readonly businessId: bigint;
  readonly zone: string;
  readonly at: Date;
  readonly standing: ReadonlyMap<bigint, store.Standing>;
  /** Inviters' figures so far; whoever opened the desk writes them. */
  readonly sums: Sums;
};

/** The friend whose review a reward waits for, if any link of its path is looked at; `dropped` when one was turned down. */
export function verdictOf(
  level: number,
  links: readonly Link[],
  states: ReadonlyMap<bigint, ReferralState>,
): { state: "paid" | "dropped"; heldBy: null } | { state: "held"; heldBy: bigint } {
  const path = links.slice(0, Math.max(1, level)).map(({ linkId }) => linkId);
  if (path.some((id) => states.get(id) === "rejected")) return { state: "dropped", heldBy: null };
  const heldBy = path.find((id) => states.get(id) === "held");
  return heldBy === undefined ? { state: "paid", heldBy: null } : { state: "held", heldBy };
}

/** Keeps a new reward and posts it, unless it has to wait or is worth nothing to a blocked member. */
export async function give(
  desk: Desk,
  reward: Omit<store.KeptReward, "taken" | "state" | "heldBy" | "grantId">,
  verdict: ReturnType<typeof verdictOf>,
  terms: ReferralTerms,
): Promise<void> {
  const kept = { ...reward, taken: 0n, grantId: null, ...verdict };
  if (!(await rewards.keep(desk.tx, desk.businessId, kept, desk.at))) return;
  if (verdict.state === "paid") await pay(desk, kept, terms);
}

/** Posts a kept reward through the ledger; the key of the posting is the key of the reward. */
export async function pay(desk: Desk, reward: store.KeptReward, terms: ReferralTerms): Promise<void> {
  const { tx, businessId, zone, at } = desk;
  const points = reward.points - reward.taken;
  const standing = desk.standing.get(reward.memberId);
  if (points === 0n || !standing || standing.isBlocked)
    return await rewards.change(tx, businessId, reward, { state: "dropped", heldBy: null });
  const isGift = reward.level === 0;
  const since = isGift ? null : activeSince(terms, at, zone);
  const isActive = since === null || (standing.lastAt !== null && standing.lastAt >= since);
  const posted = await postGrant(
    {
      businessId,
      now: at,
      operationId: newId(at),
      memberId: reward.memberId,
      key: `referral:${reward.sourceId}:${reward.kind}:${reward.level}`,
      fingerprint: "referral",
      points,
      kind: isGift ? "referral_gift" : "referral",
      // From the day's first instant: rewards of one day make one lot, in whatever order their news comes.
      availableAt: isActive ? startOfDay(dayOf(at, zone), zone) : NEVER,
      expiresAt: terms.days === null ? null : expiryAfter(terms.days, at, zone),
      staffId: null,
      locationId: null,
      programmeVersion: reward.programmeVersion,
      source: "job",
      actor: { kind: "system", job: "referrals" },
      because: [reasonOf(reward, points)],
    },
    tx,
  );
  await rewards.change(tx, businessId, reward, {
    state: "paid",
    heldBy: null,
    grantId: posted.operation_id,
  });
  await count(desk, reward, points);
}

/** Takes back a part of a reward: what was paid leaves the ledger, what waits only shrinks. */
export async function unpay(desk: Desk, reward: store.KeptReward, points: bigint): Promise<void> {
  if (points <= 0n) return;
  const { tx, businessId, at } = desk;
  await rewards.change(tx, businessId, reward, { taken: reward.taken + points });
  if (reward.state !== "paid" || reward.grantId === null) return;
  const { memberId, grantId, programmeVersion } = reward;
  await rewards.takeBack(tx, businessId, { memberId, grantId, points, programmeVersion, now: at });
  await count(desk, reward, -points);
}

async function count(desk: Desk, reward: store.KeptReward, points: bigint): Promise<void> {
  if (reward.level === 0) return;
  addTo(desk.sums, reward.memberId, { points });
  if (reward.level === 1) await store.addToFriend(desk.tx, desk.businessId, reward.friendId, points);
}

function reasonOf(reward: Reward, points: bigint) {
  const { level, rateBps, baseMinor } = reward;
  if (reward.kind === "percent")
    return {
      code: "referral_percent",
      level,
      rateBps,
      minor: baseMinor.toString(),
      points: points.toString(),
    };
  return { code: `referral_${reward.kind}`, points: points.toString() };
}
