import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import type { Reward, RewardColor, RewardEffect, RewardIcon } from "./model";
import { REWARD_COLORS, REWARD_ICONS } from "./model";

type Row = NonNullable<Awaited<ReturnType<Tx["reward"]["findFirst"]>>>;

/** The columns an effect lies in. */
export type EffectColumns = {
  readonly effect: string;
  readonly effectMinor: bigint | null;
  readonly effectBps: number | null;
  readonly ruleId: bigint | null;
};

export function effectOfColumns({ effect, effectMinor, effectBps, ruleId }: EffectColumns): RewardEffect {
  if (effect === "amount") return { kind: "amount", minor: effectMinor ?? 0n };
  if (effect === "percent") return { kind: "percent", bps: effectBps ?? 0 };
  if (effect === "rule") return { kind: "rule", ruleId: ruleId ?? 0n };
  return { kind: "thing" };
}

function columnsOf(effect: RewardEffect): EffectColumns {
  return {
    effect: effect.kind,
    effectMinor: effect.kind === "amount" ? effect.minor : null,
    effectBps: effect.kind === "percent" ? effect.bps : null,
    ruleId: effect.kind === "rule" ? effect.ruleId : null,
  };
}

export const iconOf = (name: string): RewardIcon => REWARD_ICONS.find((icon) => icon === name) ?? "gift";
export const colorOf = (name: string): RewardColor =>
  REWARD_COLORS.find((color) => color === name) ?? "brand";

function toReward(row: Row): Reward {
  const { businessId: _b, createdAt: _c, effect, effectMinor, effectBps, ruleId, icon, color, ...rest } = row;
  return {
    ...rest,
    icon: iconOf(icon),
    color: colorOf(color),
    effect: effectOfColumns({ effect, effectMinor, effectBps, ruleId }),
  };
}

export async function rewards(tx: Tx, businessId: bigint, take: number): Promise<Reward[]> {
  const rows = await tx.reward.findMany({
    where: { businessId },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { pricePoints: "asc" }, { id: "asc" }],
    take,
  });
  return rows.map(toReward);
}

/** Those that could be bought for points at a moment, the cheapest first. */
export async function forPoints(tx: Tx, businessId: bigint, now: Date, take: number): Promise<Reward[]> {
  const rows = await tx.reward.findMany({
    where: {
      businessId,
      archivedAt: null,
      pricePoints: { not: null },
      AND: [
        { OR: [{ startsAt: null }, { startsAt: { lte: now } }] },
        { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      ],
    },
    orderBy: [{ pricePoints: "asc" }, { id: "asc" }],
    take,
  });
  return rows.map(toReward);
}

export async function reward(tx: Tx, businessId: bigint, id: bigint): Promise<Reward | undefined> {
  const row = await tx.reward.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? toReward(row) : undefined;
}

export type Saved = Omit<Reward, "archivedAt">;

export async function saveReward(tx: Tx, ctx: Context, saved: Saved, isNew: boolean): Promise<boolean> {
  const { effect, id, tierIds, ...plain } = saved;
  const data = { ...plain, ...columnsOf(effect), tierIds: [...tierIds] };
  const businessId = ctx.business.id;
  if (isNew) {
    await tx.reward.create({ data: { ...data, businessId, id, createdAt: ctx.now } });
    return true;
  }
  const { count } = await tx.reward.updateMany({ where: { businessId, id }, data });
  return count === 1;
}

export async function setArchived(tx: Tx, businessId: bigint, id: bigint, at: Date | null): Promise<boolean> {
  return (await tx.reward.updateMany({ where: { businessId, id }, data: { archivedAt: at } })).count === 1;
}

/** Locks a member's figures, so that what is decided on them holds; nothing when there is no such member. */
export async function lockMember(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<{ tierId: string; visits: number; isBlocked: boolean } | undefined> {
  const [row] = await callIn<{ tier_id: string; visits: number; is_blocked: boolean }>(
    tx,
    `SELECT s.tier_id, s.visits, m.blocked_at IS NOT NULL AS is_blocked FROM member_stats s
     JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
     WHERE s.business_id = $1::bigint AND s.member_id = $2::bigint FOR UPDATE OF s`,
    [businessId, memberId],
  );
  return row && { tierId: row.tier_id, visits: row.visits, isBlocked: row.is_blocked };
}

/** How many of some rewards a member bought, by reward, since each one's own moment. */
export async function boughtBy(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  since: readonly { readonly rewardId: bigint; readonly at: Date | null }[],
): Promise<Map<bigint, number>> {
  if (since.length === 0) return new Map();
  const rows = await callIn<{ reward_id: bigint; count: number }>(
    tx,
    `SELECT e.reward_id, count(*)::int AS count FROM entitlement e
     JOIN unnest($3::bigint[], $4::timestamptz[]) AS x(reward_id, since) ON x.reward_id = e.reward_id
     WHERE e.business_id = $1::bigint AND e.member_id = $2::bigint AND e.source = 'bought' AND e.withdrawn_at IS NULL
       AND (x.since IS NULL OR e.given_at > x.since)
     GROUP BY 1`,
    [businessId, memberId, since.map(({ rewardId }) => rewardId), since.map(({ at }) => at)],
  );
  return new Map(rows.map((row) => [row.reward_id, row.count]));
}

/** Which of some groups a member is in. */
export async function segmentsOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  segmentIds: readonly bigint[],
): Promise<Set<bigint>> {
  if (segmentIds.length === 0) return new Set();
  const rows = await callIn<{ segment_id: bigint }>(
    tx,
    `SELECT segment_id FROM segment_member
     WHERE business_id = $1::bigint AND member_id = $2::bigint AND segment_id = ANY($3::bigint[])`,
    [businessId, memberId, [...segmentIds]],
  );
  return new Set(rows.map((row) => row.segment_id));
}

export async function tierOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<string | undefined> {
  const row = await tx.memberStats.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
    select: { tierId: true },
  });
  return row?.tierId;
}

export async function isOnSale(tx: Tx, businessId: bigint, itemId: bigint): Promise<boolean> {
  return (await tx.item.count({ where: { businessId, id: itemId, archivedAt: null } })) === 1;
}
