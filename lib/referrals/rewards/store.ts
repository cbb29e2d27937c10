import "server-only";
import { newId } from "../../kernel/ids";
import { callIn, type Tx } from "../../platform/db";
import type { KeptReward, RewardKey, RewardKind } from "../store";

type Row = {
  sourceId: bigint;
  kind: string;
  level: number;
  friendId: bigint;
  memberId: bigint;
  programmeVersion: number;
  rateBps: number;
  baseMinor: bigint;
  points: bigint;
  taken: bigint;
  state: string;
  heldBy: bigint | null;
  grantId: bigint | null;
};

const kept = (row: Row): KeptReward => ({
  ...row,
  kind: row.kind as RewardKind,
  state: row.state as KeptReward["state"],
});

const keyOf = (businessId: bigint, { sourceId, kind, level }: RewardKey) => ({
  businessId_sourceId_kind_level: { businessId, sourceId, kind, level },
});

/** Keeps a reward; false when this cause gave it already. */
export async function keep(tx: Tx, businessId: bigint, reward: KeptReward, at: Date): Promise<boolean> {
  const { count } = await tx.referralReward.createMany({
    data: [{ businessId, ...reward, at }],
    skipDuplicates: true,
  });
  return count === 1;
}

export async function change(
  tx: Tx,
  businessId: bigint,
  reward: RewardKey,
  data: Partial<Pick<KeptReward, "state" | "taken" | "heldBy" | "grantId">>,
): Promise<void> {
  await tx.referralReward.update({ where: keyOf(businessId, reward), data });
}

/** Shares a purchase gave. */
export async function sharesOf(tx: Tx, businessId: bigint, sourceId: bigint): Promise<KeptReward[]> {
  const rows = await tx.referralReward.findMany({
    where: { businessId, sourceId, kind: "percent" },
    orderBy: { level: "asc" },
  });
  return rows.map(kept);
}

/** What a friend's first purchase gave and was not taken back. */
export async function fixedOf(tx: Tx, businessId: bigint, friendId: bigint): Promise<KeptReward[]> {
  const rows = await tx.referralReward.findMany({
    where: { businessId, friendId, kind: { in: ["invitation", "friend_first"] } },
    orderBy: { sourceId: "asc" },
  });
  return rows.map(kept).filter((row) => row.taken < row.points);
}

/** Rewards that wait for the review of one friend, oldest first. */
export async function heldBy(
  tx: Tx,
  businessId: bigint,
  friendId: bigint,
  take: number,
): Promise<KeptReward[]> {
  const rows = await tx.referralReward.findMany({
    where: { businessId, heldBy: friendId },
    orderBy: [{ sourceId: "asc" }, { level: "asc" }],
    take,
  });
  return rows.map(kept);
}

export async function dropHeldBy(tx: Tx, businessId: bigint, friendId: bigint): Promise<number> {
  const { count } = await tx.referralReward.updateMany({
    where: { businessId, heldBy: friendId },
    data: { state: "dropped", heldBy: null },
  });
  return count;
}

/** Takes a grant's points back, owed where they are gone already. Answers the operation's number. */
export async function takeBack(
  tx: Tx,
  businessId: bigint,
  from: { memberId: bigint; grantId: bigint; points: bigint; programmeVersion: number; now: Date },
): Promise<bigint> {
  const id = newId(from.now);
  const because = [{ code: "referral_taken_back", points: from.points.toString() }];
  await callIn(
    tx,
    `SELECT 1 AS ok FROM take_back_grant($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::int,
       'job', 'system', $8::jsonb)`,
    [
      businessId,
      from.now,
      id,
      from.memberId,
      from.grantId,
      from.points,
      from.programmeVersion,
      JSON.stringify(because),
    ],
  );
  return id;
}

/** Lets a member's referral points begin or wait, as their last visit has it. */
export async function settle(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  now: Date,
  since: Date | null,
): Promise<boolean> {
  const [row] = await callIn<{ moved: boolean }>(
    tx,
    "SELECT referral_settle($1::bigint, $2::timestamptz, $3::bigint, $4::timestamptz) AS moved",
    [businessId, now, memberId, since],
  );
  return row?.moved ?? false;
}

/** Members whose referral points are not as their last visit has them, in order, after an id. */
export async function unsettled(
  tx: Tx,
  businessId: bigint,
  since: Date | null,
  after: bigint,
  limit: number,
): Promise<bigint[]> {
  const rows = await callIn<{ id: bigint }>(
    tx,
    "SELECT id FROM referral_unsettled($1::bigint, $2::timestamptz, $3::bigint, $4::int) AS id",
    [businessId, since, after, limit],
  );
  return rows.map(({ id }) => id);
}
