import "server-only";
/** The nightly look at everybody: what nobody counted is counted, what the history teaches is learnt, all are scored anew. */
import { type Context, require } from "../access";
import { addDays, type Day, dayOf } from "../kernel/time";
import { type Tx, withBusiness } from "../platform/db";
import { Stopping } from "../platform/jobs";
import { publish } from "../platform/outbox";
import { seeMembers } from "./after";
import * as cells from "./cells/store";
import * as charts from "./charts/store";
import { gather, type Learnt, learn } from "./learn";
import * as members from "./members/store";
import { insightOf, type State } from "./model";
import { keptState, saveState } from "./state/store";

/** So many at a time, so that a purchase never waits long for a row. */
const COUNT_CHUNK = 1_000;
const SCORE_CHUNK = 2_000;
/** Weeks end with everything counted from purchases again, in case something was told in a way events do not show. */
const WHOLE_DAY = 0;
const BILLS_DAYS = 180;
const DAY_MS = 86_400_000;

/** The local hour from which a new day may be looked at: the books of the day before are closed. */
const HOUR = 4;

/** Whether the nightly look is due: a new day after four in the morning, or none has been yet. */
export async function insightsDue(ctx: Context): Promise<boolean> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  const { state } = await withBusiness(id, (tx) => keptState(tx, id));
  // Four hours back it is still yesterday until four in the morning.
  return !state || state.asOf < dayOf(new Date(ctx.now.getTime() - HOUR * 3_600_000), zone);
}

/**
 * Looks at everybody.
 *
 * Shape: in steps of their own transactions; stopped half way it begins again and comes to the same. `whole` counts all facts from
 * purchases again, as every Sunday. Time: as of today in the business's zone.
 */
export async function refreshInsights(
  ctx: Context,
  stopping: () => boolean = () => false,
  whole = false,
): Promise<void> {
  require(ctx, "jobs:run");
  const { id, zone } = ctx.business;
  const asOf = dayOf(ctx.now, zone);
  const before = await withBusiness(id, (tx) => keptState(tx, id));
  const isWhole = whole || !before.state || new Date(`${asOf}T00:00:00Z`).getUTCDay() === WHOLE_DAY;
  await countAll(ctx, stopping, isWhole, before.state);
  const material = await withBusiness(id, (tx) => gather(tx, id, zone, asOf));
  const learnt = learn(material, before.limits);
  const state: State = { version: before.version + 1, ...learnt.state };
  await withBusiness(id, (tx) => saveState(tx, ctx, state));
  await recountMonths(ctx, stopping, isWhole ? null : before.computedAt);
  await scoreAll(ctx, stopping, state, before.state === undefined);
  await drawCharts(ctx, learnt);
  await withBusiness(id, async (tx) => {
    await cells.snapshot(tx, id, asOf);
    const payload = { version: state.version, asOf };
    await publish(tx, { businessId: id, memberId: null, type: "insights.refreshed", payload, at: ctx.now });
  });
}

async function countAll(ctx: Context, stopping: () => boolean, all: boolean, state: State | undefined) {
  const { id } = ctx.business;
  for (let after = 0n; ; ) {
    if (stopping()) throw new Stopping();
    const last = await withBusiness(id, async (tx) => {
      const chunk = await members.membersToCount(tx, id, after, COUNT_CHUNK, all);
      await seeMembers(tx, id, chunk, state, ctx.now);
      return chunk.at(-1);
    });
    if (last === undefined) return;
    after = last;
  }
}

async function scoreAll(ctx: Context, stopping: () => boolean, state: State, isFirst: boolean) {
  const { id } = ctx.business;
  const { asOf, version } = state;
  for (let after = 0n; ; ) {
    if (stopping()) throw new Stopping();
    const last = await withBusiness(id, async (tx) => {
      const chunk = await members.factsAfter(tx, id, after, SCORE_CHUNK);
      const insights = chunk.map(({ facts }) => insightOf(facts, state, asOf));
      const moved = new Map<string, cells.Move>();
      for (const [i, { nightCell }] of chunk.entries()) {
        const [from, to] = [nightCell ?? "", insights[i]?.cell ?? ""];
        const key = `${from} ${to}`;
        if (from !== to) moved.set(key, { from, to, members: (moved.get(key)?.members ?? 0) + 1 });
      }
      if (!isFirst) await cells.addMoves(tx, id, asOf, [...moved.values()]);
      await members.saveScores(tx, id, insights, { version, asOf, now: ctx.now });
      return chunk.at(-1)?.facts.memberId;
    });
    if (last === undefined) return;
    after = last;
  }
}

const monthOf = (day: Day): Day => `${day.slice(0, 8)}01`;
const nextMonth = (month: Day): Day => monthOf(addDays(month, 31));

/** All months, or this one, the one before it and those that refunds since the last night reach back into. */
async function recountMonths(ctx: Context, stopping: () => boolean, since: Date | null) {
  const { id, zone } = ctx.business;
  const known = await withBusiness(id, (tx) => charts.span(tx, id));
  const months = known ? { from: monthOf(known.from), to: monthOf(known.to) } : null;
  if (!since) await withBusiness(id, (tx) => charts.forgetMonthsOutside(tx, id, months));
  if (!months) return;
  const current = monthOf(dayOf(ctx.now, zone));
  const refunded = since ? await withBusiness(id, (tx) => charts.refundedMonths(tx, id, zone, since)) : [];
  const touched = new Set([...refunded, current, monthOf(addDays(current, -1))]);
  // Nobody came after the last month in which somebody did, which may be long ago in a history that was brought in.
  for (let month = months.from; month <= (since ? current : months.to); month = nextMonth(month)) {
    if (since && !touched.has(month)) continue;
    if (stopping()) throw new Stopping();
    await withBusiness(id, (tx) => charts.recountMonth(tx, id, zone, month, nextMonth(month)));
  }
}

/** Each in a transaction of its own: of a million members, all of them together take longer than one may. */
async function drawCharts(ctx: Context, { holdout }: Learnt) {
  const { id } = ctx.business;
  const since = new Date(ctx.now.getTime() - BILLS_DAYS * DAY_MS);
  const draw: Readonly<Record<string, (tx: Tx) => Promise<object | null>>> = {
    gaps: async (tx) => ({ bins: await charts.gapBins(tx, id) }),
    bills: async (tx) => ({ bins: await charts.billBins(tx, id, since) }),
    ageing: (tx) => charts.ageing(tx, id, ctx.now),
    holdout: async () => ({ holdout }),
    totals: (tx) => charts.totals(tx, id, dayOf(ctx.now, ctx.business.zone)),
  };
  for (const [name, work] of Object.entries(draw))
    await withBusiness(id, async (tx) => charts.keepChart(tx, ctx, name, await work(tx)));
}
