import "server-only";
import type { Tx } from "../../platform/db";
import type { Properties } from "../facts/model";
import * as runs from "../runs/store";
import { entry, type Program } from "../walk/model";

export type Entrant = { readonly memberId: bigint; readonly trigger: Properties };
export type Entered = { readonly entered: number; readonly refused: ReadonlyMap<bigint, string> };

/**
 * Lets members into a journey as its re-entry rules allow; the engine begins their walk within a moment.
 *
 * Shape: `program` is the version they walk; each member at most once in a call.
 */
export async function enter(
  tx: Tx,
  journey: { readonly businessId: bigint; readonly id: bigint; readonly version: number },
  program: Program,
  entrants: readonly Entrant[],
  now: Date,
): Promise<Entered> {
  const once = [...new Map(entrants.map((one) => [one.memberId, one])).values()];
  const last = await runs.lastRuns(
    tx,
    journey,
    once.map((one) => one.memberId),
    now,
  );
  const refused = new Map<bigint, string>();
  const restarting: bigint[] = [];
  const welcome = once.filter(({ memberId }) => {
    const before = last.get(memberId);
    const answer = entry(program.definition, before, before?.today ?? 0, now);
    if (answer === "restart") restarting.push(memberId);
    else if (answer !== "enter") refused.set(memberId, answer);
    return answer === "enter" || answer === "restart";
  });
  if (restarting.length > 0) await runs.restart(tx, journey, restarting, now);
  const entered = welcome.length === 0 ? 0 : await runs.letIn(tx, journey, welcome, now);
  return { entered, refused };
}
