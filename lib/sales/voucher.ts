import "server-only";
import { randomInt } from "node:crypto";
import { audit, type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { shareHalfUp } from "../kernel/money";
import { Refused } from "../kernel/refusals";
import { postGrant } from "../ledger";
import { type Tx, violatedConstraint, withBusiness } from "../platform/db";
import { programmeIn } from "../program";
import { expiryAfter, lifetime } from "../program/model";
import { fingerprintOf } from "./record";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // nothing that reads like something else
const LENGTH = 16; // 79 bits: not to be guessed

export type Voucher = { readonly code: string; readonly points: bigint; readonly expiresAt: Date };

export type VoucherInput = {
  readonly totalMinor: bigint;
  readonly skipMinor: bigint;
  readonly receiptNumber: string | null;
  readonly key: string | null;
  readonly staffId: bigint | null;
};

/**
 * Puts the points of a receipt issued without a customer on a code, for whoever scans it.
 *
 * Time: lives as long as the programme says (30 days). Refuses: `vouchers_need_points_policy`, `voucher_worth_nothing`,
 * `invalid` when all of it is skipped, `over_receipt_limit`, `nonce_conflict`.
 */
export async function makeVoucher(ctx: Context, input: VoucherInput): Promise<Voucher> {
  require(ctx, "vouchers:make");
  const businessId = ctx.business.id;
  const fingerprint = fingerprintOf({
    total: input.totalMinor,
    skip: input.skipMinor,
    number: input.receiptNumber,
  });
  try {
    return await withBusiness(businessId, async (tx) => {
      const known = input.key ? await byNonce(tx, businessId, input.key, fingerprint) : undefined;
      if (known) return known;
      const points = await worth(tx, ctx, input);
      const current = await programmeIn(tx, businessId);
      const voucher = {
        code: Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
        points,
        expiresAt: expiryAfter(current.voucherDays, ctx.now, ctx.business.zone),
      };
      const { totalMinor, skipMinor, receiptNumber, staffId, key: nonce } = input;
      await tx.voucher.create({
        data: {
          businessId,
          ...voucher,
          totalMinor,
          skipMinor,
          receiptNumber,
          staffId,
          nonce,
          fingerprint,
          createdAt: ctx.now,
        },
      });
      await audit(tx, ctx, "voucher.make", null, { points: points.toString() });
      return voucher;
    });
  } catch (error) {
    if (violatedConstraint(error)) return await makeVoucher(ctx, input); // the same key at the same moment: answer the first
    throw error;
  }
}

async function byNonce(
  tx: Tx,
  businessId: bigint,
  nonce: string,
  fingerprint: string,
): Promise<Voucher | undefined> {
  const row = await tx.voucher.findUnique({ where: { businessId_nonce: { businessId, nonce } } });
  if (row && row.fingerprint !== fingerprint) throw new Refused("nonce_conflict");
  return row ? { code: row.code, points: row.points, expiresAt: row.expiresAt } : undefined;
}

async function worth(tx: Tx, ctx: Context, input: VoucherInput): Promise<bigint> {
  const current = await programmeIn(tx, ctx.business.id);
  if (current.policy !== "points") throw new Refused("vouchers_need_points_policy");
  if (current.receiptLimitMinor !== null && input.totalMinor > current.receiptLimitMinor)
    throw new Refused("over_receipt_limit", { limit: current.receiptLimitMinor });
  const points =
    input.totalMinor > input.skipMinor
      ? shareHalfUp(input.totalMinor - input.skipMinor, current.base.rateBps)
      : 0n;
  if (points === 0n) throw new Refused("voucher_worth_nothing");
  return points;
}

/**
 * Gives a voucher's points to the member who scanned it, once.
 *
 * Refuses: `voucher_unknown` (also when its time is over), `voucher_used`; scanning one's own used voucher again answers the
 * first result.
 */
export async function claimVoucher(
  ctx: Context,
  code: string,
): Promise<{ points: bigint; operationId: bigint }> {
  require(ctx, "vouchers:claim");
  if (ctx.actor.kind !== "member") throw new Refused("forbidden");
  const memberId = ctx.actor.id;
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    const taken = await tx.voucher.updateMany({
      where: { businessId, code, claimedAt: null, expiresAt: { gt: ctx.now } },
      data: { claimedAt: ctx.now },
    });
    const voucher = await tx.voucher.findUnique({ where: { businessId_code: { businessId, code } } });
    if (!voucher) throw new Refused("voucher_unknown");
    const member = await tx.member.findUnique({ where: { businessId_id: { businessId, id: memberId } } });
    if (member?.blockedAt) throw new Refused("member_blocked");
    if (taken.count === 0) {
      const own =
        voucher.operationId &&
        (await tx.operation.findFirst({ where: { businessId, id: voucher.operationId, memberId } }));
      if (own) return { points: voucher.points, operationId: own.id };
      throw new Refused(voucher.claimedAt ? "voucher_used" : "voucher_unknown");
    }
    const current = await programmeIn(tx, businessId);
    const { availableAt, expiresAt } = lifetime(current, ctx.now, ctx.business.zone);
    const operationId = newId(ctx.now);
    await postGrant(
      {
        businessId,
        now: ctx.now,
        operationId,
        memberId,
        key: `voucher:${code}`,
        fingerprint: "voucher",
        points: voucher.points,
        kind: "voucher",
        availableAt,
        expiresAt,
        staffId: voucher.staffId,
        locationId: null,
        programmeVersion: current.version,
        source: "card",
        actor: ctx.actor,
        because: [{ code: "voucher", points: voucher.points.toString(), receipt: voucher.receiptNumber }],
      },
      tx,
    );
    await tx.voucher.update({ where: { businessId_code: { businessId, code } }, data: { operationId } });
    return { points: voucher.points, operationId };
  });
}
