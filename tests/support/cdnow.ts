/** The CDNOW sample as the models see it: see tests/fixtures/cdnow/README.md for its origin. */
import { readFileSync } from "node:fs";
import type { Visits } from "@/lib/insights/lifetime/holdout/model";

const FILE = new URL("../fixtures/cdnow/cdnow_sample.txt", import.meta.url);
const DAY_MS = 86_400_000;
export const cdnowDay = (text: string) =>
  Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / DAY_MS;

/** The end of the 39 weeks the published models were fitted to, and of the sample. */
export const CUT = cdnowDay("19970930");
export const END = cdnowDay("19980630");

/** Every customer's visits, purchases of one day merged; dollars. */
export function cdnow(): Visits[] {
  const customers = new Map<string, Map<number, number>>();
  for (const line of readFileSync(FILE, "utf8").trim().split("\n")) {
    const [, id = "", date = "", , dollars = "0"] = line.trim().split(/\s+/);
    const days = customers.get(id) ?? new Map<number, number>();
    customers.set(id, days);
    const day = cdnowDay(date);
    days.set(day, (days.get(day) ?? 0) + Number(dollars));
  }
  return Array.from(customers.values(), (days) => {
    const ordered = Array.from(days).toSorted(([a], [b]) => a - b);
    return { days: ordered.map(([day]) => day), paid: ordered.map(([, paid]) => paid) };
  });
}
