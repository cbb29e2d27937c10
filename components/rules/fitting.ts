import { addDays } from "@/lib/kernel/time";
import type { RuleBody, When } from "@/lib/program/model";
import type { TrialInput } from "@/lib/sales/schema";
import type { Lists } from "./words";

type Line = TrialInput["lines"][number];
export const ANY_LINE: Line = { itemId: null, category: null, quantity: 1, amountMinor: 100_000n };
const WEEK = 7;

/** A bill a rule applies to, as far as one can be made up: what it names, when, where and by whom. */
export function fitting({ when, gives }: RuleBody, lists: Lists, today: string, minute: number): TrialInput {
  const { goods, minBillMinor, visit } = when;
  const named = goods && !goods.isExcept ? goods : null;
  const [itemId = null] = named?.items ?? [];
  const [category = null] = named?.categories ?? [];
  const amountMinor =
    minBillMinor !== null && minBillMinor > ANY_LINE.amountMinor ? minBillMinor : ANY_LINE.amountMinor;
  return {
    lines: [{ ...ANY_LINE, amountMinor, itemId: category === null ? itemId : null, category }],
    memberId: null,
    tierId: when.tiers?.[0] ?? String(lists.tier[0]?.value ?? "base"),
    visits: visit ? visit.n - 1 : 0,
    spentMinor: gives.is === "bands" ? (gives.bands[0]?.fromMinor ?? 0n) : 0n,
    isBirthday: when.birthday !== null,
    isInGroups: true,
    isHeld: when.isHeld,
    isPrepaid: when.isPrepaid,
    day: dayFor(when, today),
    minute: when.hours?.[0]?.from ?? minute,
    locationId: when.locations?.[0] ?? null,
  };
}

/** The first day from today on that the dates and weekdays allow, if there is one in the week they begin. */
function dayFor({ dates, yearly, hours }: When, today: string): string {
  let first = dates?.from && dates.from > today ? dates.from : today;
  if (yearly) {
    const year = Number(first.slice(0, 4));
    const day = `${year}-${yearly.from}`;
    first = day >= first ? day : `${year + 1}-${yearly.from}`;
  }
  const weekdays = hours?.[0]?.weekdays ?? [];
  if (weekdays.length === 0) return first;
  const days = Array.from({ length: WEEK }, (_, ahead) => addDays(first, ahead));
  return days.find((day) => weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || WEEK)) ?? first;
}
