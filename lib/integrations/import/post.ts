import "server-only";
/** Brings rows into the books, and takes them out again: in stretches of one transaction each, going on where it was. */
import { audit, type Context } from "../../access";
import { recountDays } from "../../analytics";
import { refreshInsights } from "../../insights";
import { dayOf } from "../../kernel/time";
import { StaleVersion, violatedConstraint, withBusiness } from "../../platform/db";
import { Stopping } from "../../platform/jobs";
import { programme, requalify } from "../../program";
import { lifetime } from "../../program/model";
import { rebuildDue } from "../../segments";
import type { Report, Run, Step } from "./model";
import * as rowStore from "./rows/store";
import * as store from "./store";

const STRETCH = 2_000;
const ATTEMPTS_MAX = 5;

async function postingOf(ctx: Context, run: Run): Promise<store.Posting> {
  const current = await programme(ctx);
  const { expiresAt } = lifetime({ ...current, pendingDays: 0 }, ctx.now, ctx.business.zone);
  return { programmeVersion: current.version, expiresAt, comment: run.fileName };
}

/** Somebody else's row came between, or two numbers met: the same stretch again finds it in order. */
async function patiently<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      const isPassing = error instanceof StaleVersion || violatedConstraint(error) !== undefined;
      if (!isPassing || attempt >= ATTEMPTS_MAX) throw error;
    }
  }
}

/** Does one stretch while the run is still wanted, with its report in the same transaction. Answers undefined when it is stopped. */
async function stretch(
  ctx: Context,
  run: Run,
  state: "posting" | "undoing",
  step: (tx: Parameters<typeof store.holdRun>[0], now: Run) => Promise<Report>,
): Promise<Report | undefined> {
  const { id } = ctx.business;
  return await patiently(() =>
    withBusiness(id, async (tx) => {
      const now = await store.holdRun(tx, id, run.id);
      if (now?.state !== state) return undefined;
      const report = await step(tx, now);
      await store.changeRun(tx, id, run.id, { report });
      return report;
    }),
  );
}

const plus = (text: string | undefined, value: bigint) => (BigInt(text ?? 0) + value).toString();

/** Posts what a run has left, then counts everything that hangs on it. */
export async function post(ctx: Context, run: Run, stopping: () => boolean): Promise<void> {
  const { id } = ctx.business;
  const posting = await postingOf(ctx, run);
  const rows = run.report.rows ?? 0;
  const isPurchases = run.kind === "purchases";
  for (const step of ["rows", "firsts"] as const) {
    if (step === "firsts" && !isPurchases) continue;
    for (let isMore = true; isMore; ) {
      if (stopping()) throw new Stopping();
      const report = await stretch(ctx, run, "posting", async (tx, { report: before }) => {
        if ((before.step ?? "rows") !== step) return before;
        const after = before.at ?? 0;
        const range = { after, until: Math.min(rows, after + STRETCH) };
        const isOver = range.until >= rows;
        const next: Report = isOver
          ? { ...before, at: 0, share: 0, step: step === "rows" && isPurchases ? "firsts" : "days" }
          : { ...before, at: range.until, share: range.until / rows, step };
        if (step === "firsts") {
          await store.sayFirsts(tx, id, run.id, range);
          return next;
        }
        await store.post(tx, ctx, run, range, posting);
        const { postedSum, bookedSum, ...counts } = await store.tally(tx, id, run.id, range);
        return {
          ...next,
          done: (before.done ?? 0) + counts.done,
          same: (before.same ?? 0) + counts.same,
          newMembers: (before.newMembers ?? 0) + counts.newMembers,
          postedSum: plus(before.postedSum, postedSum),
          bookedSum: plus(before.bookedSum, bookedSum),
        };
      });
      if (!report) return;
      isMore = report.step === step;
    }
  }
  await countAll(ctx, run, "posting", stopping);
  await end(ctx, run, "done");
}

/** Days, standing, insights and segments as if everything had always been there. */
async function countAll(
  ctx: Context,
  run: Run,
  state: "posting" | "undoing",
  stopping: () => boolean,
): Promise<void> {
  const steps: readonly [Step, () => Promise<unknown>][] = [
    ["days", () => recountDays(ctx, sinceOf(ctx, run))],
    ["insights", () => refreshInsights(ctx, stopping, true)],
    ["segments", async () => [await requalify(ctx, stopping), await rebuildDue(ctx, stopping, true)]],
  ];
  await withBusiness(ctx.business.id, (tx) => store.measure(tx));
  for (const [no, [step, act]] of steps.entries()) {
    if (stopping()) throw new Stopping();
    await stretch(ctx, run, state, async (_tx, { report }) => ({
      ...report,
      step,
      share: no / steps.length,
    }));
    await act();
  }
}

function sinceOf(ctx: Context, { report }: Run): string | undefined {
  if (report.firstAt === undefined) return undefined;
  return dayOf(report.firstAt === null ? ctx.now : new Date(report.firstAt), ctx.business.zone);
}

async function end(ctx: Context, run: Run, state: "done" | "undone"): Promise<void> {
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    const now = await store.holdRun(tx, id, run.id);
    if (!now || (now.state !== "posting" && now.state !== "undoing")) return;
    const { step: _step, share: _share, ...report } = now.report;
    await store.changeRun(tx, id, run.id, { state, report, endedAt: ctx.now });
    await store.forgetPieces(tx, id, run.id);
    const { done = 0, same = 0, undone = 0 } = report;
    await audit(tx, ctx, `import.${state}`, { kind: "import", id: run.id }, { done, same, undone });
  });
}

/** Takes everything of a run back: purchases go, balances are posted the other way, members who did nothing else leave. */
export async function takeBack(ctx: Context, run: Run, stopping: () => boolean): Promise<void> {
  const { id } = ctx.business;
  const posting = await postingOf(ctx, run);
  const rows = run.report.rows ?? 0;
  for (let until = rows; until > 0; until -= STRETCH) {
    if (stopping()) throw new Stopping();
    const range = { after: Math.max(0, until - STRETCH), until };
    const report = await stretch(ctx, run, "undoing", async (tx, { report: before }) => {
      const undone = (before.undone ?? 0) + (await store.undo(tx, ctx, run.id, range, posting));
      return { ...before, undone, step: "rows", share: 1 - range.after / rows };
    });
    if (!report) return;
  }
  let gone = run.report.gone ?? 0;
  for (let after = 0; after < rows; after += STRETCH) {
    if (stopping()) throw new Stopping();
    const range = { after, until: after + STRETCH };
    gone += await withBusiness(id, (tx) => store.unmake(tx, id, run.id, range));
  }
  await stretch(ctx, run, "undoing", async (tx, { report }) => {
    const kept = await rowStore.countIn(tx, id, run.id, "kept");
    return { ...report, gone, kept, undone: await rowStore.countIn(tx, id, run.id, "undone") };
  });
  await countAll(ctx, run, "undoing", stopping);
  await end(ctx, run, "undone");
}
