import { type Day, dayOf } from "@/lib/kernel/time";
import type { Movement } from "@/lib/ledger/model";
import type { Operation } from "@/lib/sales/model";

/** One line of a member's history. Points in hundredths, from the member's side. */
export type Entry = {
  readonly key: string;
  readonly kind: Operation["kind"] | "expiry";
  readonly at: Date;
  readonly gained: bigint;
  readonly lost: bigint;
  readonly operation: Operation | null;
};

export type Month = { readonly month: Day; readonly entries: readonly Entry[] };

/** What a purchase, a refund or a gift did to the member's points: a refund gives back what was spent and takes what was earned. */
function entryOf(operation: Operation): Entry {
  const { pointsEarned, pointsSpent, kind } = operation;
  const [gained, lost] = kind === "refund" ? [pointsSpent, pointsEarned] : [pointsEarned, pointsSpent];
  return { key: operation.id.toString(), kind, at: operation.at, gained, lost, operation };
}

/** Operations and expiries as one history, newest first. */
export function entriesOf(operations: readonly Operation[], expiries: readonly Movement[]): Entry[] {
  const gone = expiries.map(
    (one): Entry => ({
      key: `x${one.at.getTime()}`,
      kind: "expiry",
      at: one.at,
      gained: 0n,
      lost: -one.points,
      operation: null,
    }),
  );
  return [...operations.map(entryOf), ...gone].toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/** A history by the months of the business's calendar; `month` is the month's first day. */
export function monthsOf(entries: readonly Entry[], zone: string): Month[] {
  const months = new Map<Day, Entry[]>();
  for (const entry of entries) {
    const month = `${dayOf(entry.at, zone).slice(0, 7)}-01`;
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return Array.from(months, ([month, list]) => ({ month, entries: list }));
}
