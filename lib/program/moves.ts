import "server-only";
import type { Context } from "../access";
import type { Tx } from "../platform/db";
import { judgeMembers } from "../tiers";
import type { Ladder } from "../tiers/model";
import * as store from "./store";

/** With a window every member's purchases are read; beyond this many a sample spread over all is read instead. */
const JUDGED_MAX = 4_000;

/**
 * How many members stand on which tier and would on which, under a draft. Where figures of all times decide, everybody is counted
 * in one pass; with a window a sample is judged as the job would judge it, and scaled up.
 */
export async function movesUnder(tx: Tx, ctx: Context, current: Ladder, next: Ladder): Promise<store.Move[]> {
  const { id } = ctx.business;
  const isSimple = [current, next].every(({ qualifying }) => qualifying.window.kind === "ever");
  if (isSimple) return await store.countMoves(tx, id, next);
  const { memberIds, members } = await store.sampleMembers(tx, id, JUDGED_MAX);
  const judged = await judgeMembers(tx, ctx.business, next, memberIds, ctx.now);
  const counted = new Map<string, store.Move>();
  for (const { from, to } of judged) {
    const key = `${from} ${to}`;
    const move = counted.get(key) ?? { from, to, members: 0 };
    counted.set(key, { ...move, members: move.members + 1 });
  }
  const scale = judged.length > 0 ? members / judged.length : 0;
  return [...counted.values()].map((move) => ({ ...move, members: Math.round(move.members * scale) }));
}
