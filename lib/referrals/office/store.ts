import "server-only";
import { callIn, type SqlValue, type Tx } from "../../platform/db";
import type { ReferralState, Suspicion } from "../model";
import type { AmbassadorSort } from "../schema";

/** An inviter in figures. Money and points in hundredths. */
export type Ambassador = {
  readonly memberId: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly opened: number;
  readonly joined: number;
  readonly bought: number;
  readonly farJoined: number;
  readonly cashMinor: bigint;
  readonly farCashMinor: bigint;
  readonly points: bigint;
};

const COLUMN = { cash: "cash_minor", points: "points", joined: "joined" } as const satisfies Record<
  AmbassadorSort,
  string
>;

/** Inviters by one figure, the greatest first, after a place in that order. */
export async function ambassadors(
  tx: Tx,
  businessId: bigint,
  query: { sort: AmbassadorSort; after: { value: bigint; id: bigint } | null; limit: number },
): Promise<Ambassador[]> {
  const column = COLUMN[query.sort];
  const values: SqlValue[] = [businessId, query.limit];
  if (query.after) values.push(query.after.value, query.after.id);
  return await callIn<Ambassador>(
    tx,
    `SELECT r.member_id AS "memberId", p.name, p.phone, p.email, r.opened, r.joined, r.bought, r.far_joined AS "farJoined",
       r.cash_minor AS "cashMinor", r.far_cash_minor AS "farCashMinor", r.points
     FROM (SELECT * FROM referral_stats WHERE business_id = $1::bigint AND joined > 0
       ${query.after ? `AND (${column}, member_id) < ($3::bigint, $4::bigint)` : ""}
       ORDER BY ${column} DESC, member_id DESC LIMIT $2::int) r
     LEFT JOIN member_profile p ON p.business_id = r.business_id AND p.member_id = r.member_id
     ORDER BY r.${column} DESC, r.member_id DESC`,
    values,
  );
}

/** One inviter's own figures; nothing for who never brought anybody. */
export async function ambassador(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<Ambassador | undefined> {
  const row = await tx.referralStats.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
  });
  return row ? { ...row, name: null, phone: null, email: null } : undefined;
}

/** A friend of an inviter, as the office sees them. */
export type Branch = {
  readonly memberId: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly state: ReferralState;
  readonly joinedAt: Date;
  readonly boughtAt: Date | null;
  /** What the friend paid in money so far. */
  readonly cashMinor: bigint;
  /** What that brought the one who invited them. */
  readonly points: bigint;
  readonly invited: number;
};

/** Friends of an inviter, the newest first, before an id. */
export async function friendsOf(
  tx: Tx,
  businessId: bigint,
  inviterId: bigint,
  before: bigint | null,
  limit: number,
): Promise<Branch[]> {
  return await callIn<Branch>(
    tx,
    `SELECT r.member_id AS "memberId", p.name, p.phone, p.email, r.state, r.joined_at AS "joinedAt", r.bought_at AS "boughtAt",
       s.cash_spent_minor AS "cashMinor", r.points, s.invited_count AS invited
     FROM (SELECT * FROM referral WHERE business_id = $1::bigint AND inviter_id = $2::bigint
       AND ($3::bigint IS NULL OR member_id < $3::bigint) ORDER BY member_id DESC LIMIT $4::int) r
     JOIN member_stats s ON s.business_id = r.business_id AND s.member_id = r.member_id
     LEFT JOIN member_profile p ON p.business_id = r.business_id AND p.member_id = r.member_id
     ORDER BY r.member_id DESC`,
    [businessId, inviterId, before, limit],
  );
}

export type Funnel = { readonly opened: number; readonly joined: number; readonly bought: number };

/** How far invitations went in some days, from the daily sums. */
export async function funnel(tx: Tx, businessId: bigint, from: string, to: string): Promise<Funnel> {
  const dayOf = (day: string) => new Date(`${day}T00:00:00Z`);
  const { _sum: sum } = await tx.referralDay.aggregate({
    where: { businessId, day: { gte: dayOf(from), lte: dayOf(to) } },
    _sum: { opened: true, joined: true, bought: true },
  });
  return { opened: sum.opened ?? 0, joined: sum.joined ?? 0, bought: sum.bought ?? 0 };
}

/** An invitation that waits for a person's decision. */
export type Review = {
  readonly memberId: bigint;
  readonly name: string;
  readonly inviterId: bigint;
  readonly inviterName: string;
  readonly suspicions: readonly Suspicion[];
  readonly joinedAt: Date;
  readonly boughtAt: Date | null;
  /** What would be given at once when it is accepted. */
  readonly points: bigint;
};

const NAMED = (alias: string) =>
  `coalesce((SELECT coalesce(p.name, p.phone, p.email) FROM member_profile p
    WHERE p.business_id = r.business_id AND p.member_id = r.${alias}), '—')`;

/** Invitations under review, the longest waiting first, after an id. */
export async function reviews(
  tx: Tx,
  businessId: bigint,
  after: bigint | null,
  limit: number,
): Promise<Review[]> {
  return await callIn<Review>(
    tx,
    `SELECT r.member_id AS "memberId", ${NAMED("member_id")} AS name, r.inviter_id AS "inviterId", ${NAMED("inviter_id")} AS "inviterName",
       r.suspicions, r.joined_at AS "joinedAt", r.bought_at AS "boughtAt",
       (SELECT coalesce(sum(w.points - w.taken), 0)::bigint FROM referral_reward w
        WHERE w.business_id = r.business_id AND w.held_by = r.member_id) AS points
     FROM referral r WHERE r.business_id = $1::bigint AND r.state = 'held' AND r.member_id > coalesce($2::bigint, 0)
     ORDER BY r.member_id LIMIT $3::int`,
    [businessId, after, limit],
  );
}

/** Takes an invitation out of review. False when somebody else was faster. */
export async function decide(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  decision: { state: "open" | "rejected"; reason: string; at: Date; by: bigint | null },
): Promise<{ inviterId: bigint } | undefined> {
  const { count } = await tx.referral.updateMany({
    where: { businessId, memberId, state: "held" },
    data: {
      state: decision.state,
      decision: decision.reason,
      decidedAt: decision.at,
      decidedBy: decision.by,
    },
  });
  if (count === 0) return undefined;
  return await tx.referral.findUniqueOrThrow({
    where: { businessId_memberId: { businessId, memberId } },
    select: { inviterId: true },
  });
}

/** Counts an opened link; whether it was one and was new today. */
export async function opened(
  tx: Tx,
  businessId: bigint,
  open: { code: string; day: string; device: string },
): Promise<boolean> {
  const [row] = await callIn<{ counted: boolean }>(
    tx,
    "SELECT referral_opened($1::bigint, $2, $3::date, $4) AS counted",
    [businessId, open.code, open.day, open.device],
  );
  return row?.counted ?? false;
}
