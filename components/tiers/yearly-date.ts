import type { Formats } from "@/lib/platform/i18n/format";

/** "12-31" as "31 December". Pure and browser-safe. */
export function yearlyDate(monthDay: string, f: Formats): string {
  const [month = 1, day = 1] = monthDay.split("-").map(Number);
  // A leap year, so that 29 February is one.
  const two = (value: number) => String(value).padStart(2, "0");
  return f.calendar(`2024-${two(month)}-${two(day)}`, "dayLong");
}
