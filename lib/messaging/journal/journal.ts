import "server-only";
import { type Context, require } from "../../access";
import { firstIdAt } from "../../kernel/ids";
import { type Tx, withBusiness } from "../../platform/db";
import type { Channel, MessageState, Source } from "../model";
import * as store from "./store";

export type { LogRow } from "./store";

const PAGE = 50;
const DAY_MS = 86_400_000;
const SUMMARY_DAYS = 7;

export type LogQuery = {
  readonly state: MessageState | null;
  readonly channel: Channel | null;
  readonly memberId: bigint | null;
  readonly before: bigint | null;
};

/** One page of the message log, newest first. */
export async function messageLog(
  ctx: Context,
  query: LogQuery,
): Promise<{ rows: store.LogRow[]; next: bigint | null }> {
  require(ctx, "messages:read");
  const rows = await withBusiness(ctx.business.id, (tx) =>
    store.page(tx, ctx.business.id, { ...query, take: PAGE }),
  );
  return { rows, next: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
}

export type LogSummary = {
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly waiting: number;
  readonly refused: number;
  /** Why not, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
};

/** What became of the messages of the last seven days: each step includes the ones after it. */
export async function logSummary(ctx: Context): Promise<LogSummary> {
  require(ctx, "messages:read");
  const from = firstIdAt(new Date(ctx.now.getTime() - SUMMARY_DAYS * DAY_MS));
  const counts = await withBusiness(ctx.business.id, (tx) => store.counts(tx, ctx.business.id, from));
  const of = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const clicked = of("clicked");
  const opened = clicked + of("opened");
  const delivered = opened + of("delivered");
  return {
    clicked,
    opened,
    delivered,
    sent: delivered + of("sent"),
    waiting: of("queued", "sending"),
    refused: of("refused", "failed"),
    reasons: counts
      .filter(({ state }) => state === "refused" || state === "failed")
      .map(({ refusal, count }) => ({ reason: refusal ?? "rejected", count })),
  };
}

/** Messages of one journey or campaign by step, variant, channel, state and reason: what reports are made of. */
export async function countsOfSource(ctx: Context, source: Pick<Source, "kind" | "id">) {
  require(ctx, "messages:read");
  return await withBusiness(ctx.business.id, (tx) =>
    store.sourceCounts(tx, ctx.business.id, source.kind, source.id),
  );
}

/** Takes back what of a source still waits, in the caller's transaction; what is under way goes out. Answers how many. */
export async function cancelMessages(
  tx: Tx,
  ctx: Context,
  source: Pick<Source, "kind" | "id">,
): Promise<number> {
  require(ctx, "messages:write");
  return await store.cancel(tx, ctx.business.id, source.kind, source.id, ctx.now);
}
