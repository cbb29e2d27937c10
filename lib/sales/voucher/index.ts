import "server-only";
import { randomInt } from "node:crypto";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { shareHalfUp } from "../../kernel/money";
import { Refused } from "../../kernel/refusals";
import { postGrant } from "../../ledger";
import { type Tx, violatedConstraint, withBusiness } from "../../platform/db";
import { type Programme, programmeIn } from "../../program";
import { expiryAfter, lifetime } from "../../program/model";
import type { Voucher } from "../model";
import { operation } from "../operations/store";
import { fingerprintOf } from "../record";
import * as store from "./store";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // nothing that reads like something else
const LENGTH = 16; // 79 bits: not to be guessed

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
 * `over_receipt_limit`, `nonce_conflict`.
 */
export async function makeVoucher(ctx: Context, input: VoucherInput): Promise<Voucher> {
  require(ctx, "vouchers:make");
  const fingerprint = fingerprintOf({
    total: input.totalMinor,
    skip: input.skipMinor,
    number: input.receiptNumber,
  });
  try {
    return await withBusiness(ctx.business.id, async (tx) => {
      const known = input.key ? await store.voucherByNonce(tx, ctx.business.id, input.key) : undefined;
      if (known && known.fingerprint !== fingerprint) throw new Refused("nonce_conflict");
      if (known) return known;
      const current = await programmeIn(tx, ctx.business.id, ctx.now);
      const voucher = {
        code: Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
        points: worth(current, input),
        expiresAt: expiryAfter(current.voucherDays, ctx.now, ctx.business.zone),
      };
      await store.insertVoucher(tx, ctx, voucher, input, fingerprint);
      await audit(tx, ctx, "voucher.make", null, { points: voucher.points.toString() });
      return voucher;
    });
  } catch (error) {
    if (violatedConstraint(error)) return await makeVoucher(ctx, input); // the same key at the same moment: answer the first
    throw error;
  }
}

/** What a receipt earns whoever claims it: the base rate, since nobody's tier is known yet. */
function worth(current: Programme, { totalMinor, skipMinor }: VoucherInput): bigint {
  if (current.policy !== "points") throw new Refused("vouchers_need_points_policy");
  if (current.receiptLimitMinor !== null && totalMinor > current.receiptLimitMinor)
    throw new Refused("over_receipt_limit", { limit: current.receiptLimitMinor });
  const points = totalMinor > skipMinor ? shareHalfUp(totalMinor - skipMinor, current.base.rateBps) : 0n;
  if (points === 0n) throw new Refused("voucher_worth_nothing");
  return points;
}

/**
 * A voucher before anybody takes it, for the screen that offers it; nothing when it is unknown, used or past its time.
 *
 * Shape: the code is its own permission, it cannot be guessed.
 */
export async function findVoucher(ctx: Context, code: string): Promise<Voucher | undefined> {
  require(ctx, "own:read");
  return await withBusiness(ctx.business.id, async (tx) => {
    const found = await store.voucherByCode(tx, ctx.business.id, code);
    return found && !found.claimed && found.expiresAt > ctx.now ? found : undefined;
  });
}

/**
 * Gives a voucher's points to the member who scanned it, once.
 *
 * Refuses: `voucher_unknown` (also when its time is over), `voucher_used`, `member_blocked`; scanning one's own used voucher
 * again answers the first result.
 */
export async function claimVoucher(
  ctx: Context,
  code: string,
): Promise<{ points: bigint; operationId: bigint }> {
  require(ctx, "vouchers:claim");
  if (ctx.actor.kind !== "member") throw new Refused("forbidden");
  const memberId = ctx.actor.id;
  return await withBusiness(ctx.business.id, async (tx) => {
    const taken = await store.takeVoucher(tx, ctx, code);
    const voucher = await store.voucherByCode(tx, ctx.business.id, code);
    if (!voucher) throw new Refused("voucher_unknown");
    if (!taken) {
      const own =
        voucher.operationId === null ? undefined : await operation(tx, ctx.business.id, voucher.operationId);
      if (own?.memberId === memberId) return { points: voucher.points, operationId: own.id };
      throw new Refused(voucher.claimed ? "voucher_used" : "voucher_unknown");
    }
    if (await store.isBlocked(tx, ctx.business.id, memberId)) throw new Refused("member_blocked");
    const operationId = await give(tx, ctx, memberId, code, voucher);
    await store.settleVoucher(tx, ctx.business.id, code, operationId);
    return { points: voucher.points, operationId };
  });
}

async function give(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  code: string,
  voucher: store.StoredVoucher,
): Promise<bigint> {
  const current = await programmeIn(tx, ctx.business.id, ctx.now);
  const operationId = newId(ctx.now);
  await postGrant(
    {
      businessId: ctx.business.id,
      now: ctx.now,
      operationId,
      memberId,
      key: `voucher:${code}`,
      fingerprint: "voucher",
      points: voucher.points,
      kind: "voucher",
      ...lifetime(current, ctx.now, ctx.business.zone),
      staffId: voucher.staffId,
      locationId: null,
      programmeVersion: current.version,
      source: "card",
      actor: ctx.actor,
      because: [{ code: "voucher", points: voucher.points.toString(), receipt: voucher.receiptNumber }],
    },
    tx,
  );
  return operationId;
}
