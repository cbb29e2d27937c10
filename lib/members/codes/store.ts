import "server-only";
import { randomInt } from "node:crypto";
import type { Context } from "../../access/model";
import { freshUuid } from "../../platform/clock";
import { callIn, type Tx } from "../../platform/db";
import type { ShownCode } from "../model";

const CODE_TRIES = 40;
const CODES = 1_000_000;

/** The member's code with the most life left, if it lives to `until` at least. */
export async function liveCode(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  until: Date,
): Promise<ShownCode | undefined> {
  const row = await tx.memberCode.findFirst({
    where: { businessId, memberId, usedAt: null, expiresAt: { gt: until }, code: { not: { contains: "-" } } },
    orderBy: { expiresAt: "desc" },
  });
  return row ? { code: row.code, expiresAt: row.expiresAt } : undefined;
}

/** Takes a free six-digit code for a member; a spent or dead one is free again. Nothing when the dice find none. */
export async function takeCode(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  expiresAt: Date,
): Promise<ShownCode | undefined> {
  for (let tries = 0; tries < CODE_TRIES; tries += 1) {
    const code = String(randomInt(CODES)).padStart(6, "0");
    const rows = await callIn<{ code: string }>(
      tx,
      `INSERT INTO member_code (business_id, code, member_id, issued_at, expires_at)
       VALUES ($1::bigint, $2, $3::bigint, $4::timestamptz, $5::timestamptz)
       ON CONFLICT (business_id, code) DO UPDATE
         SET member_id = excluded.member_id, issued_at = excluded.issued_at, expires_at = excluded.expires_at, used_at = NULL
         WHERE member_code.used_at IS NOT NULL OR member_code.expires_at <= excluded.issued_at
       RETURNING code`,
      [ctx.business.id, code, memberId, ctx.now, expiresAt],
    );
    if (rows.length === 1) return { code, expiresAt };
  }
  return undefined;
}

/** A code for a purchase made later; the dash tells it from the ones people read out. */
export async function takeLongCode(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  expiresAt: Date,
): Promise<ShownCode> {
  const code = `L-${freshUuid()}`;
  await tx.memberCode.create({
    data: { businessId: ctx.business.id, code, memberId, issuedAt: ctx.now, expiresAt },
  });
  return { code, expiresAt };
}

export async function forgetDeadCodes(tx: Tx, businessId: bigint, before: Date): Promise<number> {
  return (await tx.memberCode.deleteMany({ where: { businessId, expiresAt: { lt: before } } })).count;
}
