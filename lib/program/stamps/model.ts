import type { BillLine, PurchaseEffect } from "../model";
import type { RewardColor, RewardIcon } from "../rewards/model";

/** "Every tenth": so many stamps make one reward. */
export type StampProgramme = {
  readonly id: bigint;
  readonly name: string;
  readonly icon: RewardIcon;
  readonly color: RewardColor;
  /** One stamp a purchase, or one for every piece on its lines. */
  readonly counts: "visit" | "line";
  /** Only lines of this category; null: of any. */
  readonly category: string | null;
  /** Only these goods and services; empty: any. */
  readonly itemIds: readonly bigint[];
  readonly minTotalMinor: bigint;
  readonly needed: number;
  readonly rewardId: bigint;
  readonly rewardName: string;
  readonly archivedAt: Date | null;
};

/** A member's row of stamps: how many lie on it, and how many full rows there were. */
export type StampRow = { readonly programme: StampProgramme; readonly stamps: number; readonly rows: number };

/** More stamps than this from one bill are a mistyped quantity. */
const STAMPS_MAX = 1_000;
type Bought = { readonly totalMinor: bigint; readonly lines: readonly BillLine[] };

/** How many stamps a bill brings; a programme that names goods finds none on a bill without lines. */
export function stampsOf(programme: StampProgramme, bill: Bought): number {
  if (programme.archivedAt !== null || bill.totalMinor < programme.minTotalMinor) return 0;
  const isAny = programme.category === null && programme.itemIds.length === 0;
  const wanted = bill.lines.filter(
    (line) =>
      (programme.category === null || line.category === programme.category) &&
      (programme.itemIds.length === 0 || (line.itemId !== null && programme.itemIds.includes(line.itemId))),
  );
  if (programme.counts === "visit") return isAny || wanted.length > 0 ? 1 : 0;
  const pieces = wanted.reduce((sum, line) => sum + Math.max(0, Math.floor(line.quantity)), 0);
  return Math.min(STAMPS_MAX, pieces);
}

/** The stamps of a bill as what goes with its purchase. */
export function stampEffects(programmes: readonly StampProgramme[], bill: Bought): PurchaseEffect[] {
  return programmes.flatMap((programme) => {
    const stamps = stampsOf(programme, bill);
    const detail = { say: { programme: programme.name } };
    return stamps > 0
      ? [{ kind: "stamp", ref: programme.id.toString(), amount: BigInt(stamps), detail }]
      : [];
  });
}
