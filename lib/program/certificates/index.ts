import "server-only";
/**
 * Gift certificates: money on a code.
 *
 * Always true: a balance is the sum of its entries and never below zero; whoever has the code may spend it; the money earns no
 * points, neither when it is paid nor when it is spent.
 */
import { audit, type Context, countGuess, forgiveGuess, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { randomText } from "../../platform/crypto";
import { violatedConstraint, withBusiness } from "../../platform/db";
import { expiryAfter } from "../model";
import { CODE_ALPHABET } from "../promo/model";
import { requireReadable } from "../rewards";
import { lockMember } from "../rewards/store";
import {
  CERTIFICATE_CODE_LENGTH,
  type Certificate,
  type CertificateMovement,
  certificateState,
  readCertificateCode,
} from "./model";
import type { CertificateInput } from "./schema";
import * as store from "./store";

const PAGE_MAX = 200;

/**
 * Sells a certificate: the money is taken at the counter, the code is the answer. Once for its key.
 *
 * Refuses: `not_found` for a member who is not here, `nonce_conflict`.
 */
export async function sellCertificate(
  ctx: Context,
  input: CertificateInput,
  key: string | null,
): Promise<Certificate> {
  require(ctx, "sales:record");
  const { id: businessId, zone } = ctx.business;
  const { validDays, ...plain } = input;
  const made = {
    ...plain,
    id: newId(ctx.now),
    code: randomText(CERTIFICATE_CODE_LENGTH, CODE_ALPHABET),
    expiresAt: validDays === null ? null : expiryAfter(validDays, ctx.now, zone),
    staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
    locationId: null,
    key,
  };
  try {
    return await withBusiness(businessId, async (tx) => {
      const known = key === null ? undefined : await store.certificateBy(tx, businessId, { key });
      if (known && known.amountMinor !== input.amountMinor) throw new Refused("nonce_conflict");
      if (known) return known;
      if (input.memberId !== null && !(await lockMember(tx, businessId, input.memberId)))
        throw new Refused("not_found");
      await store.insertCertificate(tx, ctx, made);
      const detail = { amountMinor: input.amountMinor.toString() };
      await audit(tx, ctx, "certificate.sell", { kind: "certificate", id: made.id }, detail);
      return present(await store.certificateBy(tx, businessId, { id: made.id }));
    });
  } catch (error) {
    if (violatedConstraint(error)) return await sellCertificate(ctx, input, key); // the same key at the same moment
    throw error;
  }
}

/** Certificates, the latest first. Shape: at most 200 a page, `before` the last one's id. */
export async function certificates(ctx: Context, before: bigint | null, limit = 50): Promise<Certificate[]> {
  require(ctx, "sales:read");
  const take = Math.min(limit, PAGE_MAX);
  return await withBusiness(ctx.business.id, (tx) =>
    store.certificates(tx, ctx.business.id, { memberId: null, before, take }),
  );
}

/** What lies on certificates that can still be spent. */
export async function certificatesOwed(ctx: Context): Promise<{ count: number; minor: bigint }> {
  require(ctx, "sales:read");
  return await withBusiness(ctx.business.id, (tx) => store.owed(tx, ctx.business.id, ctx.now));
}

/** One certificate with all its movements. Refuses: `not_found`. */
export async function certificate(
  ctx: Context,
  id: bigint,
): Promise<{ certificate: Certificate; movements: CertificateMovement[] }> {
  require(ctx, "sales:read");
  return await withBusiness(ctx.business.id, async (tx) => ({
    certificate: present(await store.certificateBy(tx, ctx.business.id, { id })),
    movements: await store.movements(tx, ctx.business.id, id),
  }));
}

/** The certificates a member's card shows: theirs, with something on them. Refuses: `forbidden` for another's card. */
export async function certificatesOf(ctx: Context, memberId: bigint): Promise<Certificate[]> {
  requireReadable(ctx, memberId);
  const asked = { memberId, before: null, take: PAGE_MAX };
  const all = await withBusiness(ctx.business.id, (tx) => store.certificates(tx, ctx.business.id, asked));
  return all.filter((each) => certificateState(each, ctx.now) === "live");
}

/**
 * The certificate a code names, if it can be spent.
 *
 * Refuses: `certificate_unknown` (also withdrawn), `certificate_expired`; `locked` with `retryAt` after too many wrong codes.
 */
export async function certificateByCode(ctx: Context, text: string): Promise<Certificate> {
  require(ctx, ctx.actor.kind === "member" ? "own:write" : "sales:quote");
  const guess = await countGuess(ctx, "certificate");
  const code = readCertificateCode(text);
  const found =
    code === undefined
      ? undefined
      : await withBusiness(ctx.business.id, (tx) => store.certificateBy(tx, ctx.business.id, { code }));
  if (!found) throw new Refused("certificate_unknown");
  await forgiveGuess(guess);
  if (found.withdrawnAt !== null) throw new Refused("certificate_unknown");
  if (certificateState(found, ctx.now) === "expired") throw new Refused("certificate_expired");
  return found;
}

/**
 * Puts a certificate on the card of whoever enters its code; it stays good for whoever has the code.
 *
 * Refuses: as `certificateByCode`; `forbidden` for another's card.
 */
export async function attachCertificate(ctx: Context, memberId: bigint, code: string): Promise<Certificate> {
  if (ctx.actor.kind === "member" && ctx.actor.id !== memberId) throw new Refused("forbidden");
  const found = await certificateByCode(ctx, code);
  await withBusiness(ctx.business.id, async (tx) => {
    await store.attach(tx, ctx.business.id, found.id, memberId);
    await audit(tx, ctx, "certificate.attach", { kind: "certificate", id: found.id });
  });
  return { ...found, memberId };
}

/** Ends a certificate; what lies on it is given back at the counter. Refuses: `not_found`, `certificate_unknown` when it ended before. */
export async function withdrawCertificate(ctx: Context, id: bigint): Promise<{ returnedMinor: bigint }> {
  require(ctx, "points:give");
  const businessId = ctx.business.id;
  return await withBusiness(businessId, async (tx) => {
    await store.lock(tx, businessId, id);
    const found = present(await store.certificateBy(tx, businessId, { id }));
    if (found.withdrawnAt !== null) throw new Refused("certificate_unknown");
    const amountMinor = found.balanceMinor;
    if (amountMinor > 0n)
      await store.move(tx, ctx, id, {
        debit: "certificate",
        credit: "sold",
        amountMinor,
        reason: "withdraw",
      });
    await store.setWithdrawn(tx, ctx, id);
    const detail = { returnedMinor: amountMinor.toString() };
    await audit(tx, ctx, "certificate.withdraw", { kind: "certificate", id }, detail);
    return { returnedMinor: amountMinor };
  });
}

/** Sends what expired unspent to breakage; the nightly job's. Answers how many. */
export async function expireCertificates(ctx: Context): Promise<number> {
  require(ctx, "jobs:run");
  return await withBusiness(ctx.business.id, (tx) => store.expire(tx, ctx.business.id, ctx.now));
}

function present(found: Certificate | undefined): Certificate {
  if (!found) throw new Refused("not_found");
  return found;
}
