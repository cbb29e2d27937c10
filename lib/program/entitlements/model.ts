import type { RewardColor, RewardEffect, RewardIcon } from "../rewards/model";

export const ENTITLEMENT_SOURCES = [
  "bought",
  "sold",
  "gift",
  "stamps",
  "promo",
  "birthday",
  "anniversary",
] as const;
export type EntitlementSource = (typeof ENTITLEMENT_SOURCES)[number];

/** Something a member holds, with the terms it was given under. */
export type Entitlement = {
  readonly id: bigint;
  readonly memberId: bigint;
  readonly rewardId: bigint | null;
  readonly source: EntitlementSource;
  /** What the card shows as a QR: names this very thing. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly icon: RewardIcon;
  readonly color: RewardColor;
  readonly effect: RewardEffect;
  readonly uses: number;
  readonly used: number;
  /** Set aside at a desk or till right now. */
  readonly held: number;
  readonly pricePoints: bigint | null;
  readonly priceMinor: bigint | null;
  readonly givenAt: Date;
  /** Exclusive; null: for ever. */
  readonly expiresAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly comment: string | null;
};

export type EntitlementState = "live" | "used" | "expired" | "withdrawn";

/** What may still be done with one, at a moment. */
export function stateOf(entitlement: Entitlement, now: Date): EntitlementState {
  if (entitlement.withdrawnAt !== null) return "withdrawn";
  if (entitlement.used >= entitlement.uses) return "used";
  return entitlement.expiresAt !== null && entitlement.expiresAt <= now ? "expired" : "live";
}

/** Uses that nobody has taken or set aside. */
export const usesLeft = ({ uses, used, held }: Pick<Entitlement, "uses" | "used" | "held">): number =>
  Math.max(0, uses - used - held);

/** One use set aside until it is confirmed, released, or its time is over. */
export type Hold = {
  readonly id: bigint;
  readonly entitlementId: bigint;
  readonly memberId: bigint;
  readonly name: string;
  readonly effect: RewardEffect;
  readonly state: "held" | "confirmed" | "released" | "undone";
  readonly holdUntil: Date;
};

export const HOLD_MINUTES = 10;
const ENTITLEMENT_CODE = /^E-[\dA-F]{12}$/;

/** An entitlement's code in what was scanned or typed; nothing when it is none. */
export function readEntitlementCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return ENTITLEMENT_CODE.test(code) ? code : undefined;
}

/** Codes of explanations that tell of what members hold. */
export const HELD_REASONS = [
  "reward_bought", // reward, points
  "reward_returned", // reward, points
  "promo", // name, points
  "stamps_reward_used", // programme
  "entitlement_withdrawn", // reward
  "reward_used", // reward
  "reward_off", // reward, minor
  "stamps", // programme, count
] as const;
