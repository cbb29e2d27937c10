import { addDays, type Day, daysBetween } from "../../kernel/time";

/** The business's usual gap counts like so many gaps of one's own: tried on held-out visits (docs/decisions.md). */
export const COMMON_WEIGHT = 2;

/** How many gaps, and their median in days. */
export type OwnGaps = { readonly gaps: number; readonly medianDays: number | null };

/**
 * A member's usual gap: their own median drawn towards the business's, the less the more of their gaps are known; on the scale of ratios,
 * since gaps are twice or half as long, not ten days longer. Null before a second visit.
 */
export function usualGapDays({ gaps, medianDays }: OwnGaps, commonDays: number | null): number | null {
  if (gaps === 0 || medianDays === null || medianDays <= 0) return null;
  if (commonDays === null || commonDays <= 0) return medianDays;
  return Math.exp(
    (gaps * Math.log(medianDays) + COMMON_WEIGHT * Math.log(commonDays)) / (gaps + COMMON_WEIGHT),
  );
}

/** The day the next visit is due by the usual gap. */
export const dueOn = (lastOn: Day, gapDays: number): Day => addDays(lastOn, Math.max(1, Math.round(gapDays)));

/** Later than this many usual gaps after the last visit nobody is merely late any more. */
export const GONE_GAPS = 4;

/** Where a member stands in their rhythm on a day. */
export type Beat = {
  readonly gapDays: number;
  readonly dueOn: Day;
  /** Days past the due day; below zero: days left. */
  readonly lateDays: number;
  readonly state: "early" | "due" | "late" | "gone";
};

/** Due: within a tenth of the gap (a day at least) on either side. */
export function beatOf(lastOn: Day, gapDays: number, due: Day, today: Day): Beat {
  const lateDays = daysBetween(due, today);
  const near = Math.max(1, Math.round(gapDays / 10));
  const since = daysBetween(lastOn, today);
  const state =
    since > gapDays * GONE_GAPS ? "gone" : lateDays > near ? "late" : lateDays >= -near ? "due" : "early";
  return { gapDays, dueOn: due, lateDays, state };
}
