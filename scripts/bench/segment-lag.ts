/** Membership lag: how long after a purchase its member's segments are right. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../lib/access";
import { withBusiness } from "../../lib/platform/db";
import { drain, type Handler } from "../../lib/platform/outbox";
import { record } from "../../lib/sales";
import { decideAgain, listSegments, SEGMENT_NEWS } from "../../lib/segments";
import { needsOf } from "../../lib/segments/decide/needs/model";
import { loadFacts } from "../../lib/segments/facts/store";
import { percentile } from "./load";

const PURCHASES = 1_000;
const RATE = 200;
const IDLE_MS = 20;
const RECEIPT = {
  totalMinor: 25_000n,
  points: 0n,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  cashMinor: null,
  number: null,
};

/**
 * From a purchase being recorded until the batch that decided its member is committed, at a steady rate of purchases with all segments
 * there. Recording and deciding share this process, which a till's and a worker's do not.
 */
export async function lag(ctx: Context, say: (text: string) => void): Promise<void> {
  const { id } = ctx.business;
  const members = await withBusiness(id, (tx) =>
    tx.memberStats.findMany({ where: { businessId: id }, take: PURCHASES, orderBy: { memberId: "asc" } }),
  );
  // Read once before, so that the disk is not what is measured.
  const needs = needsOf((await listSegments(ctx)).map(({ rule }) => rule));
  const ids = members.map(({ memberId }) => memberId);
  await withBusiness(id, (tx) => loadFacts(tx, id, ids, needs));
  const recorded = new Map<bigint, number>();
  const lags = new Map<bigint, number>();
  const decided: bigint[] = [];
  const seen: Handler = {
    name: "seen",
    types: ["purchase.recorded"],
    handle: (_tx, _businessId, events) => {
      decided.push(...events.flatMap(({ memberId }) => memberId ?? []));
      return Promise.resolve();
    },
  };
  // Asked before each batch, when the one before is committed.
  const committed = (): boolean => {
    const now = performance.now();
    // A batch that failed is handled again: the last time counts.
    for (const memberId of decided.splice(0))
      lags.set(memberId, Math.max(0, now - (recorded.get(memberId) ?? now)));
    return false;
  };
  const handlers = [{ name: "segments", types: SEGMENT_NEWS, handle: decideAgain }, seen];
  const state = { isDone: false };
  const worker = async () => {
    for (;;) {
      const wasDone = state.isDone;
      const handled = await drain(handlers, () => new Date(), committed);
      if (wasDone && handled === 0) return;
      await sleep(IDLE_MS);
    }
  };
  const buy = async (memberId: bigint) => {
    await record(
      { ...ctx, now: new Date() },
      {
        by: { memberId },
        receipt: RECEIPT,
        lines: [],
        key: null,
        staffId: null,
        locationId: null,
        source: "uds",
      },
    );
    recorded.set(memberId, performance.now());
  };
  const running = worker();
  const began = performance.now();
  const bought: Promise<void>[] = [];
  for (const [index, memberId] of ids.entries()) {
    await sleep(Math.max(0, began + (index / RATE) * 1000 - performance.now()));
    bought.push(buy(memberId));
  }
  await Promise.all(bought);
  const rate = ids.length / ((performance.now() - began) / 1000);
  state.isDone = true;
  await running;
  const sorted = [...lags.values()].toSorted((a, b) => a - b);
  say(
    `membership lag at ${rate.toFixed(0)} purchases/s: p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms, of ${sorted.length}`,
  );
}
