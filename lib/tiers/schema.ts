import { z } from "zod";
import { dueAt, type Life } from "./standing/model";

const instant = z.union([z.date(), z.string()]).transform((value) => new Date(value));
const whole = z.union([z.int(), z.bigint()]);

/** A row of member_standing as the database gives it: columns, or the same as JSON. */
const lifeRow = z.object({
  window_key: z.string(),
  earned_tier: z.string(),
  window_from: instant.nullable(),
  cash_minor: whole.transform(BigInt),
  visits: whole.transform(Number),
  invited: whole.transform(Number),
  slide_at: instant.nullable(),
  grace_until: instant.nullable(),
  manual_tier: z.string().nullable(),
  manual_until: instant.nullable(),
});

/** What is kept of a member's standing, out of the database; nothing when nothing is. */
export function toLife(row: unknown): Life | null {
  if (row === null || row === undefined) return null;
  const kept = lifeRow.parse(row);
  return {
    key: kept.window_key,
    earned: kept.earned_tier,
    from: kept.window_from,
    figures: {
      cashSpentMinor: kept.cash_minor,
      visits: kept.visits,
      effectiveInvited: kept.invited,
    },
    slideAt: kept.slide_at,
    graceUntil: kept.grace_until,
    manual:
      kept.manual_tier !== null && kept.manual_until !== null
        ? { tierId: kept.manual_tier, until: kept.manual_until }
        : null,
  };
}

export const TIER_REASONS = [
  "purchase",
  "refund",
  "invitation",
  "window",
  "programme",
  "given",
  "given_end",
  "merged",
] as const;
export type TierReason = (typeof TIER_REASONS)[number];

/** One member's new standing on its way into the database. */
export type StandingRow = {
  readonly memberId: bigint;
  readonly life: Life | null;
  readonly tierBefore: string;
  readonly tierAfter: string;
  readonly isUp: boolean;
  readonly reason: TierReason;
  /** Whether the member's row is still to be changed: a purchase has done that itself. */
  readonly bump: boolean;
  readonly operationId?: bigint;
  readonly staffId?: bigint | null;
  readonly until?: Date;
  readonly comment?: string | null;
  /** A refund: when what it undoes was bought. */
  readonly since?: Date;
};

/** Rows as the SQL function standing_write takes them. */
export function rowsJson(rows: readonly StandingRow[]): string {
  const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return JSON.stringify(
    rows.map(({ life, ...row }) => ({
      ...row,
      life: life && {
        key: life.key,
        earned: life.earned,
        from: life.from,
        cashMinor: life.figures.cashSpentMinor,
        visits: life.figures.visits,
        invited: life.figures.effectiveInvited,
        slideAt: life.slideAt,
        graceUntil: life.graceUntil,
        manualTier: life.manual?.tierId ?? null,
        manualUntil: life.manual?.until ?? null,
        dueAt: dueAt(life),
      },
    })),
    plain,
  );
}

/** What staff say when they give a tier by hand. `until`: the last day it holds. */
export const giveTierInput = z.object({
  memberId: z.bigint(),
  tierId: z.string().max(40),
  until: z.iso.date(),
  comment: z.string().trim().max(200),
});
export type GiveTierInput = z.output<typeof giveTierInput>;
