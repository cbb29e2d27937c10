import "server-only";
import { randomInt } from "node:crypto";
import { actorId, type Context } from "../../access/model";
import { newId } from "../../kernel/ids";
import { freshUuid } from "../../platform/clock";
import { call, type Tx } from "../../platform/db";
import type { ShownCode } from "../model";

const CODE_TRIES = 40;
const CODES = 1_000_000;

const SHOW = `SELECT * FROM code_show($1::bigint, $2::timestamptz, $3::bigint, $4::timestamptz, $5::timestamptz, $6::text[],
  $7::bigint, $8, $9::bigint)`;

/** The member's live code when it lives to `until` at least, else a free one that lives to `expires`. Nothing when the dice find none. */
export async function showCode(
  ctx: Context,
  memberId: bigint,
  { until, expires }: { readonly until: Date; readonly expires: Date },
): Promise<ShownCode | undefined> {
  const dice = Array.from({ length: CODE_TRIES }, () => String(randomInt(CODES)).padStart(6, "0"));
  const [row] = await call<{ code: string; expires_at: Date }>("code_show", SHOW, [
    ctx.business.id,
    ctx.now,
    memberId,
    until,
    expires,
    dice,
    newId(ctx.now),
    ctx.actor.kind,
    actorId(ctx.actor),
  ]);
  return row && { code: row.code, expiresAt: row.expires_at };
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
