/** A campaign of codes. Points in hundredths. */
export type Promo = {
  readonly id: bigint;
  readonly name: string;
  /** One code for everybody, or a code for each. */
  readonly kind: "shared" | "unique";
  readonly brings: PromoBrings;
  /** Uses of all its codes together; null: no limit. */
  readonly limitTotal: number | null;
  readonly limitPerMember: number;
  /** Only before the first purchase. */
  readonly onlyNew: boolean;
  readonly used: number;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly archivedAt: Date | null;
};

export type PromoBrings =
  | { readonly kind: "points"; readonly points: bigint; readonly days: number | null }
  | { readonly kind: "reward"; readonly rewardId: bigint };

/** Nothing that reads like something else. */
export const CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/** Ten of them are 49 bits: with ten tries before each further one locks, not to be guessed. */
export const UNIQUE_CODE_LENGTH = 10;
export const BULK_MAX = 10_000;
const CODE_MAX = 40;

/** A code as it is kept: upper case, without blanks and dashes; nothing when it cannot be one. */
export function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "");
  return code.length > 0 && code.length <= CODE_MAX && /^[\p{L}\p{N}_]+$/u.test(code) ? code : undefined;
}

/** Why a code cannot be used now, whoever has it. */
export function promoProblem(
  promo: Promo,
  member: { readonly used: number; readonly visits: number },
  now: Date,
): "promo_not_now" | "promo_used" | "promo_not_for_you" | undefined {
  const isOver = promo.archivedAt !== null || (promo.endsAt !== null && promo.endsAt <= now);
  if (isOver || (promo.startsAt !== null && promo.startsAt > now)) return "promo_not_now";
  if (promo.onlyNew && member.visits > 0) return "promo_not_for_you";
  const isUsedUp = promo.limitTotal !== null && promo.used >= promo.limitTotal;
  return isUsedUp || member.used >= promo.limitPerMember ? "promo_used" : undefined;
}
