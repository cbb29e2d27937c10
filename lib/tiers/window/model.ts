import { addDays, type Day, dayOf, startOfDay } from "../../kernel/time";

/** Over which time figures count: for ever, the last so many days, or a calendar period. */
export const WINDOW_KINDS = ["ever", "rolling", "month", "quarter", "year"] as const;
export type Window =
  | { readonly kind: "ever" }
  | { readonly kind: "rolling"; readonly days: number }
  | { readonly kind: "month" | "quarter" | "year" };

/** The window as one word: kept beside the sums counted in it. */
export const windowKey = (window: Window): string =>
  window.kind === "rolling" ? `rolling:${window.days}` : window.kind;

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const two = (value: number) => String(value).padStart(2, "0");

/** The first day of the calendar period a day lies in, some periods later. */
function periodStart(kind: keyof typeof MONTHS, day: Day, later = 0): Day {
  const months = MONTHS[kind];
  const [year = 0, month = 1] = day.split("-").map(Number);
  const index = (Math.floor((year * 12 + month - 1) / months) + later) * months;
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}-01`;
}

/** Where the window begins that a moment lies in; nothing: it never began. Time: days of the business's zone. */
export function windowStart(window: Window, now: Date, zone: string): Date | null {
  const today = dayOf(now, zone);
  switch (window.kind) {
    case "ever":
      return null;
    case "rolling":
      return startOfDay(addDays(today, 1 - window.days), zone);
    case "month":
    case "quarter":
    case "year":
      return startOfDay(periodStart(window.kind, today), zone);
  }
}

/**
 * When something a member did at a moment stops counting: the end of the calendar period, or so many days later.
 *
 * Shape: nothing for windows without an end.
 */
export function windowEnd(window: Window, at: Date, zone: string): Date | null {
  const day = dayOf(at, zone);
  switch (window.kind) {
    case "ever":
      return null;
    case "rolling":
      return startOfDay(addDays(day, window.days), zone);
    case "month":
    case "quarter":
    case "year":
      return startOfDay(periodStart(window.kind, day, 1), zone);
  }
}
