import "server-only";
/** Brings rows into the books, and takes them out again: in stretches of one transaction each, going on where it was. */
import { audit, type Context } from "../../access";
import { recountDays, type Since } from "../../analytics";
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
  for (let isMore = true; isMore; ) {
    if (stopping()) throw new Stopping();
    const report = await stretch(ctx, run, "posting", async (tx, { report: before }) => {
      if ((before.step ?? "rows") !== "rows") return before;
      const after = before.at ?? 0;
      const range = { after, until: Math.min(rows, after + STRETCH) };
      await store.post(tx, ctx, run, range, posting);
      const { postedSum, bookedSum, ...counts } = await store.tally(tx, id, run.id, range);
      return {
        ...before,
        at: range.until,
        share: range.until / rows,
        step: range.until < rows ? "rows" : "days",
        done: (before.done ?? 0) + counts.done,
        same: (before.same ?? 0) + counts.same,
        newMembers: (before.newMembers ?? 0) + counts.newMembers,
        filled: (before.filled ?? 0) + counts.filled,
        postedSum: plus(before.postedSum, postedSum),
        bookedSum: plus(before.bookedSum, bookedSum),
      };
    });
    if (!report) return;
    isMore = report.step === "rows";
  }
  // What was in already changes nothing of what hangs on it.
  const { report } = await findRun(ctx, run);
  if ((report.done ?? 0) > 0) await countAll(ctx, run, "posting", stopping);
  await end(ctx, run, "done");
}

async function findRun(ctx: Context, run: Run): Promise<Run> {
  return (await withBusiness(ctx.business.id, (tx) => store.run(tx, ctx.business.id, run.id))) ?? run;
}

/** Days, standing, insights and segments as if everything had always been there. */
async function countAll(
  ctx: Context,
  run: Run,
  state: "posting" | "undoing",
  stopping: () => boolean,
): Promise<void> {
  const steps: readonly [Step, () => Promise<unknown>][] = [
    ["days", () => recountDays(ctx, spanOf(ctx, run))],
    ["insights", () => refreshInsights(ctx, stopping, true)],
    ["segments", async () => [await requalify(ctx, stopping), await rebuildDue(ctx, stopping, true, false)]],
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

/** The days a run can have changed: those of its rows; balances are posted, and taken back, on the days that happens. */
function spanOf({ now, business }: Context, { kind, createdAt, report: { firstAt, lastAt } }: Run): Since {
  const day = (text: string | null | undefined, otherwise: Date) =>
    dayOf(text ? new Date(text) : otherwise, business.zone);
  return kind === "purchases"
    ? { from: day(firstAt, createdAt), to: day(lastAt, now) }
    : { from: day(firstAt, createdAt) };
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
  if (!run.report.leaves && !run.report.undone && (await isFixed(ctx, run, stopping))) return;
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
  for (let after = 0; after < rows; after += STRETCH) {
    if (stopping()) throw new Stopping();
    const range = { after, until: after + STRETCH };
    await stretch(ctx, run, "undoing", async (tx, { report }) => ({
      ...report,
      gone: (report.gone ?? 0) + (await store.unmake(tx, id, run.id, range)),
    }));
  }
  await stretch(ctx, run, "undoing", async (tx, { report }) => ({
    ...report,
    kept: await rowStore.countIn(tx, id, run.id, "kept"),
    undone: await rowStore.countIn(tx, id, run.id, "undone"),
  }));
  await countAll(ctx, run, "undoing", stopping);
  await end(ctx, run, "undone");
}

const MEMBERS_SHOWN = 10;

/** Whether something has happened since that cannot be undone: then nothing is taken back, and the run says what it was. */
async function isFixed(ctx: Context, run: Run, stopping: () => boolean): Promise<boolean> {
  const { id } = ctx.business;
  const rows = run.report.rows ?? 0;
  const found = { refunded: 0, spent: 0, members: new Set<string>() };
  for (let after = 0; after < rows; after += STRETCH) {
    if (stopping()) throw new Stopping();
    const range = { after, until: after + STRETCH };
    for (const { code, memberId } of await withBusiness(id, (tx) => store.fixed(tx, id, run.id, range))) {
      found[code] += 1;
      if (found.members.size < MEMBERS_SHOWN) found.members.add(memberId.toString());
    }
  }
  if (found.refunded + found.spent === 0) return false;
  await withBusiness(id, async (tx) => {
    const now = await store.holdRun(tx, id, run.id);
    if (now?.state !== "undoing") return;
    const { share: _share, step: _step, ...report } = now.report;
    const state = (report.done ?? 0) + (report.same ?? 0) + (report.bad ?? 0) < rows ? "stopped" : "done";
    const blocked = { ...found, members: [...found.members] };
    await store.changeRun(tx, id, run.id, { state, report: { ...report, blocked }, endedAt: ctx.now });
    await audit(tx, ctx, "import.undo_refused", { kind: "import", id: run.id }, { ...blocked });
  });
  return true;
}
