/** Membership lag: how long after a purchase its member's segments are right. */
import type { Context } from "../../lib/access";
import { withBusiness } from "../../lib/platform/db";
import { drain } from "../../lib/platform/outbox";
import { record } from "../../lib/sales";
import { decideAgain, SEGMENT_NEWS } from "../../lib/segments";
import { percentile } from "./load";

const PURCHASES = 400;
const RATE = 200;

/** How long after a purchase its member's segments are right, at a steady rate of purchases with all segments there. */
export async function lag(ctx: Context, say: (text: string) => void): Promise<void> {
  const { id } = ctx.business;
  const members = await withBusiness(id, (tx) =>
    tx.memberStats.findMany({ where: { businessId: id }, take: PURCHASES, orderBy: { memberId: "asc" } }),
  );
  const handlers = [{ name: "segments", types: SEGMENT_NEWS, handle: decideAgain }];
  const lags: number[] = [];
  const waiting: number[] = [];
  const state = { isDone: false };
  const worker = async () => {
    while (!state.isDone || waiting.length > 0) {
      const taken = waiting.length;
      await drain(handlers, () => new Date());
      for (const since of waiting.splice(0, taken)) lags.push(performance.now() - since);
      if (taken === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const running = worker();
  const began = performance.now();
  for (const [index, { memberId }] of members.entries()) {
    const due = began + (index / RATE) * 1000;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const receipt = {
      totalMinor: 25_000n,
      points: 0n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    await record(
      { ...ctx, now: new Date() },
      { by: { memberId }, receipt, lines: [], key: null, staffId: null, locationId: null, source: "uds" },
    );
    waiting.push(performance.now());
  }
  const rate = members.length / ((performance.now() - began) / 1000);
  state.isDone = true;
  await running;
  const sorted = lags.toSorted((a, b) => a - b);
  say(
    `membership lag at ${rate.toFixed(0)} purchases/s: p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms`,
  );
}
