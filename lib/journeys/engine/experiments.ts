import "server-only";
import type { Context } from "../../access";
import type { Tx } from "../../platform/db";
import { type Arm, winnerOf } from "../proof/model";
import type { BranchStep } from "../schema";
import * as store from "../store";
import { allSteps, type Program } from "../walk/model";

type Experiment = Extract<BranchStep, { kind: "experiment" }>;

/**
 * Decides experiments by their rule: a branch that is surely better once each has enough people, or, where the others wait for the
 * result, the best one when their waiting is over. Those who wait go on at once.
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
    const arms = await store.armsOf(tx, journey, step.id, step.metric);
    const all: Arm[] = step.branches.map(({ id }) => arms.find((arm) => arm.id === id) ?? { id, n: 0, x: 0 });
    const isOver = step.trial !== null && (await isWaitOver(tx, ctx, journey, step));
    const winner = winnerOf(all, isOver ? 1 : step.leastPerArm, isOver);
    if (winner === undefined) continue;
    await store.keepWinner(tx, journey, { step: step.id, arm: winner, at: ctx.now, because: all });
    await store.wake(tx, journey, step.id, ctx.now);
  }
}

/** Whether the first of those who wait would go without a winner within the next look. */
const isWaitOver = async (tx: Tx, ctx: Context, journey: store.Looked, step: Experiment) => {
  const first = await store.firstDueAt(tx, journey, step.id);
  return first !== undefined && first.getTime() <= ctx.now.getTime() + 60_000;
};
