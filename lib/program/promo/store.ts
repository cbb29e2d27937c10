import "server-only";
import type { Context } from "../../access/model";
import { callIn, type Tx } from "../../platform/db";
import type { Promo } from "./model";

type Row = NonNullable<Awaited<ReturnType<Tx["promo"]["findFirst"]>>>;

function toPromo(row: Row): Promo {
  const { businessId: _b, createdAt: _c, kind, brings, points, pointsDays, rewardId, ...rest } = row;
  return {
    ...rest,
    kind: kind === "unique" ? "unique" : "shared",
    brings:
      brings === "reward" && rewardId !== null
        ? { kind: "reward", rewardId }
        : { kind: "points", points: points ?? 0n, days: pointsDays },
  };
}

export async function promos(tx: Tx, businessId: bigint, take: number): Promise<Promo[]> {
  const rows = await tx.promo.findMany({
    where: { businessId },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { id: "desc" }],
    take,
  });
  return rows.map(toPromo);
}

export async function promo(tx: Tx, businessId: bigint, id: bigint): Promise<Promo | undefined> {
  const row = await tx.promo.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? toPromo(row) : undefined;
}

export type Saved = Omit<Promo, "used" | "archivedAt">;

export async function save(tx: Tx, ctx: Context, saved: Saved, isNew: boolean): Promise<boolean> {
  const { id, brings, kind, ...plain } = saved;
  const businessId = ctx.business.id;
  const what =
    brings.kind === "reward"
      ? { brings: "reward", rewardId: brings.rewardId, points: null, pointsDays: null }
      : { brings: "points", rewardId: null, points: brings.points, pointsDays: brings.days };
  if (isNew) {
    await tx.promo.create({ data: { ...plain, ...what, kind, businessId, id, createdAt: ctx.now } });
    return true;
  }
  return (await tx.promo.updateMany({ where: { businessId, id }, data: { ...plain, ...what } })).count === 1;
}

export async function setArchived(tx: Tx, businessId: bigint, id: bigint, at: Date | null): Promise<boolean> {
  return (await tx.promo.updateMany({ where: { businessId, id }, data: { archivedAt: at } })).count === 1;
}

/** Adds codes; answers how many were new. */
export async function insertCodes(
  tx: Tx,
  ctx: Context,
  promoId: bigint,
  codes: readonly string[],
): Promise<number> {
  const { count } = await tx.promoCode.createMany({
    data: codes.map((code) => ({ businessId: ctx.business.id, code, promoId, createdAt: ctx.now })),
    skipDuplicates: true,
  });
  return count;
}

export type StoredCode = {
  readonly code: string;
  readonly promoId: bigint;
  readonly usedAt: Date | null;
  readonly memberId: bigint | null;
  /** Made for this member alone, until then. */
  readonly forMemberId: bigint | null;
  readonly expiresAt: Date | null;
};
const CODE = {
  code: true,
  promoId: true,
  usedAt: true,
  memberId: true,
  forMemberId: true,
  expiresAt: true,
} as const;

export async function codeBy(tx: Tx, businessId: bigint, code: string): Promise<StoredCode | null> {
  return await tx.promoCode.findUnique({ where: { businessId_code: { businessId, code } }, select: CODE });
}

/** A campaign's codes in their order, some at a time. */
export async function codesOf(
  tx: Tx,
  businessId: bigint,
  promoId: bigint,
  page: { readonly after: string; readonly take: number },
): Promise<StoredCode[]> {
  return await tx.promoCode.findMany({
    where: { businessId, promoId, code: { gt: page.after } },
    select: CODE,
    orderBy: { code: "asc" },
    take: page.take,
  });
}

/** The shared code, or how many unique ones there are, by campaign. */
export async function codeFigures(
  tx: Tx,
  businessId: bigint,
): Promise<Map<bigint, { count: number; code: string }>> {
  const rows = await tx.promoCode.groupBy({
    by: ["promoId"],
    where: { businessId },
    _count: { _all: true },
    _min: { code: true },
  });
  return new Map(rows.map((row) => [row.promoId, { count: row._count._all, code: row._min.code ?? "" }]));
}

/** Takes one use of a campaign; false when its last one is gone. */
export async function takeUse(tx: Tx, businessId: bigint, promoId: bigint): Promise<boolean> {
  const rows = await callIn<{ used: number }>(
    tx,
    `UPDATE promo SET used = used + 1 WHERE business_id = $1::bigint AND id = $2::bigint
       AND (limit_total IS NULL OR used < limit_total) RETURNING used`,
    [businessId, promoId],
  );
  return rows.length === 1;
}

/** Takes a unique code; false when somebody did before. */
export async function takeCode(tx: Tx, ctx: Context, code: string, memberId: bigint): Promise<boolean> {
  const { count } = await tx.promoCode.updateMany({
    where: { businessId: ctx.business.id, code, usedAt: null },
    data: { usedAt: ctx.now, memberId },
  });
  return count === 1;
}

export type Use = {
  readonly id: bigint;
  readonly promoId: bigint;
  readonly memberId: bigint;
  readonly code: string;
  readonly operationId: bigint | null;
  readonly entitlementId: bigint | null;
  readonly key: string | null;
};

export async function insertUse(tx: Tx, ctx: Context, use: Use): Promise<void> {
  await tx.promoUse.create({ data: { ...use, businessId: ctx.business.id, at: ctx.now } });
}

export async function useByKey(tx: Tx, businessId: bigint, key: string): Promise<Use | null> {
  return await tx.promoUse.findUnique({ where: { businessId_key: { businessId, key } } });
}

export async function countUses(
  tx: Tx,
  businessId: bigint,
  promoId: bigint,
  memberId: bigint,
): Promise<number> {
  return await tx.promoUse.count({ where: { businessId, promoId, memberId } });
}
