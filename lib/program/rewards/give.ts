import "server-only";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { availableOf, postGrant } from "../../ledger";
import { type Tx, withBusiness } from "../../platform/db";
import type { Entitlement, EntitlementSource } from "../entitlements/model";
import * as held from "../entitlements/store";
import { programmeIn } from "../index";
import { expiryAfter } from "../model";
import { limitSince, segmentIdsOf } from "./index";
import { buyProblem, type Reward } from "./model";
import * as store from "./store";

export type BuyInput = {
  readonly memberId: bigint;
  readonly rewardId: bigint;
  /** Client-minted; the same one again answers what was bought. */
  readonly key: string | null;
};

/**
 * Buys a reward with points: the points, the stock and the entitlement in one step, exactly once for its key.
 *
 * Refuses: `not_found`, `forbidden`, `member_blocked`, `reward_not_now`, `reward_not_for_you`, `reward_sold_out`, `reward_limit`,
 * `insufficient_points`, `nonce_conflict`.
 */
export async function buyReward(ctx: Context, input: BuyInput): Promise<Entitlement> {
  requireBuyer(ctx, input.memberId);
  return await giving(ctx, "bought", input, async (tx, reward, member) => {
    const businessId = ctx.business.id;
    const groups = await store.segmentsOf(tx, businessId, input.memberId, segmentIdsOf([reward]));
    const bought = await store.boughtBy(tx, businessId, input.memberId, [limitSince(ctx.now)(reward)]);
    const buyer = {
      available: await availableOf(tx, ctx, input.memberId),
      tierId: member.tierId,
      inSegment: reward.segmentId === null || groups.has(reward.segmentId),
      bought: bought.get(reward.id) ?? 0,
    };
    const problem = buyProblem(reward, buyer, ctx.now);
    if (problem) throw new Refused(problem);
    const operationId = await spend(tx, ctx, input.memberId, reward);
    return { operationId, until: null, comment: null };
  });
}

/** Takes the points, as an operation of its own; free things need none. */
async function spend(tx: Tx, ctx: Context, memberId: bigint, reward: Reward): Promise<bigint | null> {
  const points = reward.pricePoints ?? 0n;
  if (points === 0n) return null;
  const current = await programmeIn(tx, ctx.business.id);
  const operationId = newId(ctx.now);
  await postGrant(
    {
      businessId: ctx.business.id,
      now: ctx.now,
      operationId,
      memberId,
      key: null,
      fingerprint: "reward",
      points: -points,
      kind: "grant",
      availableAt: ctx.now,
      expiresAt: null,
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      locationId: null,
      programmeVersion: current.version,
      source: ctx.actor.kind === "member" ? "card" : "desk",
      actor: ctx.actor,
      because: [{ code: "reward_bought", reward: reward.name, points: points.toString() }],
    },
    tx,
  );
  return operationId;
}

/**
 * Sells a reward for money, such as a package of visits: the money is taken at the counter, uses are covered later.
 *
 * Refuses: `not_found`, `member_blocked`, `reward_not_now` when it is not for sale, `reward_sold_out`, `nonce_conflict`.
 */
export async function sellReward(ctx: Context, input: BuyInput): Promise<Entitlement> {
  require(ctx, "sales:record");
  return await giving(ctx, "sold", input, (_tx, reward) => {
    if (reward.priceMinor === null || reward.archivedAt !== null) throw new Refused("reward_not_now");
    return Promise.resolve({ operationId: null, until: null, comment: null });
  });
}

export type GiftInput = BuyInput & {
  /** How long this one lives; null: as the reward says. */
  readonly validDays: number | null;
  readonly comment: string | null;
};

/** Gives a reward for nothing, with a lifetime of its own where wished. Refuses: `not_found`, `reward_sold_out`, `nonce_conflict`. */
export async function giveReward(ctx: Context, input: GiftInput): Promise<Entitlement> {
  require(ctx, "points:give");
  const { validDays, comment } = input;
  const until = validDays === null ? null : expiryAfter(validDays, ctx.now, ctx.business.zone);
  return await giving(ctx, "gift", input, () => Promise.resolve({ operationId: null, until, comment }));
}

type Terms = {
  readonly operationId: bigint | null;
  readonly until: Date | null;
  readonly comment: string | null;
};
type Member = { readonly tierId: string };

/** One giving under the member's lock: the key first, then what must hold, then the entitlement and its audit row. */
async function giving(
  ctx: Context,
  source: EntitlementSource,
  { memberId, rewardId, key }: BuyInput,
  decide: (tx: Tx, reward: Reward, member: Member) => Promise<Terms>,
): Promise<Entitlement> {
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const member = await store.lockMember(tx, businessId, memberId);
    if (!member) throw new Refused("not_found");
    const keyed = key === null ? null : `${source}:${key}`;
    const known =
      keyed === null ? undefined : await held.entitlementBy(tx, businessId, ctx.now, { key: keyed });
    if (known && (known.memberId !== memberId || known.rewardId !== rewardId))
      throw new Refused("nonce_conflict");
    if (known) return known;
    if (member.isBlocked) throw new Refused("member_blocked");
    const reward = await store.reward(tx, businessId, rewardId);
    if (!reward) throw new Refused("not_found");
    const terms = await decide(tx, reward, member);
    const id = await held.give(tx, businessId, ctx.now, {
      ...terms,
      memberId,
      rewardId,
      source,
      sourceId: null,
      key: keyed,
      takeStock: true,
    });
    await audit(
      tx,
      ctx,
      `reward.${VERB_OF[source] ?? "give"}`,
      { kind: "member", id: memberId },
      { reward: reward.name },
    );
    const given = await held.entitlementBy(tx, businessId, ctx.now, { id });
    if (!given) throw new Refused("not_found");
    return given;
  });
}

const VERB_OF: Readonly<Partial<Record<EntitlementSource, string>>> = { bought: "buy", sold: "sell" };

/** Members buy for themselves; at the desk and the till whoever may record sales buys for them. */
function requireBuyer(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind !== "member") return require(ctx, "sales:record");
  require(ctx, "own:write");
  if (ctx.actor.id !== memberId) throw new Refused("forbidden");
}
