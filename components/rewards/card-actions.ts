"use server";
import { z } from "zod";
import { type Context, memberContext, personAction, type SignedInPerson } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { attachCertificate, buyReward, redeemPromo } from "@/lib/program";
import { readCertificateCode } from "@/lib/program/model";
import { businessBySlug, cardIn } from "../card/own-card";

const slug = z.string().regex(/^[a-z\d-]{1,80}$/);
const id = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(BigInt);

/** Buys a reward with the member's own points, once for its key. */
export const buyWithPoints = personAction(
  z.object({ slug, rewardId: id }),
  async (person, input, { idempotencyKey }) => {
    const { ctx, memberId } = await own(person, input.slug);
    const bought = await buyReward(ctx, { memberId, rewardId: input.rewardId, key: idempotencyKey ?? null });
    return { name: bought.name };
  },
);

/** Takes whatever code somebody has: a certificate goes onto the card, any other is tried as a promo code. */
export const enterCode = personAction(
  z.object({ slug, code: z.string().trim().min(1).max(60) }),
  async (person, input, { idempotencyKey }) => {
    const { ctx, memberId } = await own(person, input.slug);
    if (readCertificateCode(input.code) !== undefined) {
      const { balanceMinor } = await attachCertificate(ctx, memberId, input.code);
      return { kind: "certificate" as const, minor: balanceMinor.toString() };
    }
    const key = idempotencyKey ?? null;
    const { points, entitlement } = await redeemPromo(ctx, { memberId, code: input.code, key });
    return entitlement
      ? { kind: "reward" as const, name: entitlement.name }
      : { kind: "points" as const, points: points.toString() };
  },
);

async function own(person: SignedInPerson, of: string): Promise<{ ctx: Context; memberId: bigint }> {
  const business = await businessBySlug(of);
  const card = business && (await cardIn(person, business));
  if (!card) throw new Refused("forbidden");
  return { ctx: memberContext(card.business, card.memberId, person), memberId: card.memberId };
}
