import "server-only";
import type { Context } from "../../access/model";
import type { Tx } from "../../platform/db";
import type { Voucher } from "../model";

export type StoredVoucher = Voucher & {
  readonly fingerprint: string;
  readonly receiptNumber: string | null;
  readonly staffId: bigint | null;
  readonly operationId: bigint | null;
  readonly claimed: boolean;
};

type VoucherRow = NonNullable<Awaited<ReturnType<Tx["voucher"]["findFirst"]>>>;

const toVoucher = (row: VoucherRow | null): StoredVoucher | undefined =>
  row ? { ...row, claimed: row.claimedAt !== null } : undefined;

export async function voucherByNonce(
  tx: Tx,
  businessId: bigint,
  nonce: string,
): Promise<StoredVoucher | undefined> {
  return toVoucher(await tx.voucher.findUnique({ where: { businessId_nonce: { businessId, nonce } } }));
}

export async function voucherByCode(
  tx: Tx,
  businessId: bigint,
  code: string,
): Promise<StoredVoucher | undefined> {
  return toVoucher(await tx.voucher.findUnique({ where: { businessId_code: { businessId, code } } }));
}

export async function insertVoucher(
  tx: Tx,
  ctx: Context,
  voucher: Voucher,
  receipt: {
    totalMinor: bigint;
    skipMinor: bigint;
    receiptNumber: string | null;
    staffId: bigint | null;
    key: string | null;
  },
  fingerprint: string,
): Promise<void> {
  const { totalMinor, skipMinor, receiptNumber, staffId, key: nonce } = receipt;
  await tx.voucher.create({
    data: {
      ...voucher,
      businessId: ctx.business.id,
      createdAt: ctx.now,
      fingerprint,
      totalMinor,
      skipMinor,
      receiptNumber,
      staffId,
      nonce,
    },
  });
}

/** Marks a live voucher as claimed; false when it is not there to be had. */
export async function takeVoucher(tx: Tx, ctx: Context, code: string): Promise<boolean> {
  const { count } = await tx.voucher.updateMany({
    where: { businessId: ctx.business.id, code, claimedAt: null, expiresAt: { gt: ctx.now } },
    data: { claimedAt: ctx.now },
  });
  return count === 1;
}

export async function settleVoucher(
  tx: Tx,
  businessId: bigint,
  code: string,
  operationId: bigint,
): Promise<void> {
  await tx.voucher.update({ where: { businessId_code: { businessId, code } }, data: { operationId } });
}

export async function isBlocked(tx: Tx, businessId: bigint, memberId: bigint): Promise<boolean> {
  const row = await tx.member.findUnique({
    where: { businessId_id: { businessId, id: memberId } },
    select: { blockedAt: true },
  });
  return row?.blockedAt !== null;
}
