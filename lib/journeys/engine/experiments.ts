import "server-only";
import type { Context } from "../../access";
import type { Tx } from "../../platform/db";
import { type Arm, winnerOf } from "../proof/model";
import type { BranchStep } from "../schema";
import * as store from "../store";
import { allSteps, type Program } from "../walk/model";

type Experiment = Extract<BranchStep, { kind: "experiment" }>;

/** Each of a test's people is worth so long a pause before all are counted again: a million a quarter of an hour. */
const PAUSE_PER_PERSON_MS = 1;
/** When this process may count a test again. */
const countedUntil = new Map<string, number>();

/**
 * Decides experiments by their rule: a branch that is surely better once each has enough people, or, where the others wait for the
 * result, the best one when their waiting is over. Those who wait go on at once. Large tests are counted seldom.
 */
export async function decideExperiments(
  tx: Tx,
  ctx: Context,
  journey: store.Looked,
  program: Program,
): Promise<void> {
  const decided = await store.winners(tx, journey);
  for (const step of allSteps(program.definition.steps)) {
    if (step.kind !== "experiment" || step.id in decided) continue;
    const isOver = step.trial !== null && (await isWaitOver(tx, ctx, journey, step));
    const key = `${journey.businessId}:${journey.id}:${step.id}`;
    if (!isOver && ctx.now.getTime() < (countedUntil.get(key) ?? 0)) continue;
    const arms = await store.armsOf(tx, journey, step.id, step.metric);
    const people = arms.reduce((sum, { n }) => sum + n, 0);
    countedUntil.set(key, ctx.now.getTime() + people * PAUSE_PER_PERSON_MS);
    const all: Arm[] = step.branches.map(({ id }) => arms.find((arm) => arm.id === id) ?? { id, n: 0, x: 0 });
    const winner = winnerOf(all, isOver ? 1 : step.leastPerArm, isOver);
    if (winner === undefined) continue;
    countedUntil.delete(key);
    await store.keepWinner(tx, journey, { step: step.id, arm: winner, at: ctx.now, because: all });
    await store.wake(tx, journey, step.id, ctx.now);
  }
}

/** Whether the first of those who wait would go without a winner within the next look. */
const isWaitOver = async (tx: Tx, ctx: Context, journey: store.Looked, step: Experiment) => {
  const first = await store.firstDueAt(tx, journey, step.id);
  return first !== undefined && first.getTime() <= ctx.now.getTime() + 60_000;
};
