import "server-only";
import { expiries } from "@/lib/ledger";
import { lines, type Operation, operation, operations } from "@/lib/sales";
import { type Entry, entriesOf } from "./history";
import type { OwnCard } from "./own-card";

const CHUNK = 200;
/** More than this on one page is started anew, so that no page grows without end. */
export const SHOWN_MAX = 600;

type Lines = Awaited<ReturnType<typeof lines>>;
export type History = {
  readonly entries: readonly Entry[];
  readonly lines: Lines;
  /** The oldest operation shown, where there are older ones. */
  readonly olderThan: bigint | null;
};

/**
 * A member's history, newest first: `count` operations older than `before`, and the expiries between them.
 *
 * Shape: `withLines` reads the bills' lines too.
 */
export async function readHistory(
  card: OwnCard,
  { before = null, count, withLines }: { before?: bigint | null; count: number; withLines: boolean },
): Promise<History> {
  const { ctx, memberId } = card;
  const found: Operation[] = [];
  let next = before;
  // One more than asked tells whether there is more.
  while (found.length <= count) {
    const limit = Math.min(CHUNK, count + 1 - found.length);
    const page = await operations(ctx, { before: next, limit });
    found.push(...page);
    next = page.at(-1)?.id ?? next;
    if (page.length < limit) break;
  }
  const shown = found.slice(0, count);
  const last = shown.at(-1);
  const hasMore = found.length > count && last !== undefined;
  const [gone, bills] = await Promise.all([
    expiries(ctx, memberId, {
      from: hasMore ? last.at : null,
      until: before === null ? null : (await operation(ctx, before)).at,
    }),
    withLines ? billsOf(card, shown) : new Map(),
  ]);
  return { entries: entriesOf(shown, gone), lines: bills, olderThan: hasMore ? last.id : null };
}

async function billsOf(card: OwnCard, shown: readonly Operation[]): Promise<Lines> {
  const ids = shown.filter(({ kind }) => kind === "purchase").map(({ id }) => id);
  const chunks = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) =>
    ids.slice(n * CHUNK, (n + 1) * CHUNK),
  );
  const found = await Promise.all(chunks.map((chunk) => lines(card.ctx, chunk)));
  return new Map(found.flatMap((bills) => [...bills]));
}
