import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx, withBusiness } from "../../platform/db";

export type KeyedCode = { readonly code: string; readonly expiresAt: Date | null };

/** The code made under a key before. */
export async function codeOfKey(tx: Tx, businessId: bigint, key: string): Promise<KeyedCode | null> {
  return await tx.promoCode.findUnique({
    where: { businessId_key: { businessId, key } },
    select: { code: true, expiresAt: true },
  });
}

export async function sharedCode(tx: Tx, businessId: bigint, promoId: bigint): Promise<string | undefined> {
  const row = await tx.promoCode.findFirst({ where: { businessId, promoId }, select: { code: true } });
  return row?.code;
}

export type NewCode = {
  readonly promoId: bigint;
  readonly memberId: bigint;
  readonly key: string;
  readonly code: string;
  readonly expiresAt: Date | null;
};

/** Answers whether the code was free. */
export async function insertCode(tx: Tx, ctx: Context, made: NewCode): Promise<boolean> {
  const { memberId, promoId, key, code, expiresAt } = made;
  const { count } = await tx.promoCode.createMany({
    data: {
      businessId: ctx.business.id,
      code,
      promoId,
      key,
      expiresAt,
      forMemberId: memberId,
      createdAt: ctx.now,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export type PersonalCode = {
  readonly code: string;
  readonly name: string;
  readonly points: bigint | null;
  readonly rewardName: string | null;
  /** Exclusive; null: for ever. */
  readonly expiresAt: Date | null;
};

export async function codesFor(ctx: Context, memberId: bigint, most: number): Promise<PersonalCode[]> {
  const rows = await withBusiness(ctx.business.id, (tx) =>
    callIn<{
      code: string;
      name: string;
      points: bigint | null;
      reward_name: string | null;
      expires_at: Date | null;
    }>(
      tx,
      `SELECT c.code, p.name, p.points, r.name AS reward_name, c.expires_at
       FROM promo_code c
       JOIN promo p ON p.business_id = c.business_id AND p.id = c.promo_id AND p.archived_at IS NULL
         AND (p.starts_at IS NULL OR p.starts_at <= $3::timestamptz) AND (p.ends_at IS NULL OR p.ends_at > $3::timestamptz)
       LEFT JOIN reward r ON r.business_id = p.business_id AND r.id = p.reward_id AND p.brings = 'reward'
       WHERE c.business_id = $1::bigint AND c.for_member_id = $2::bigint AND c.used_at IS NULL
         AND (c.expires_at IS NULL OR c.expires_at > $3::timestamptz)
       ORDER BY c.expires_at NULLS LAST, c.created_at LIMIT $4::int`,
      [ctx.business.id, memberId, ctx.now, most],
    ),
  );
  return rows.map(({ reward_name: rewardName, expires_at: expiresAt, ...rest }) => ({
    ...rest,
    rewardName,
    expiresAt,
  }));
}
