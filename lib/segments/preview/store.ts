import "server-only";
import { call, callIn, type Tx } from "../../platform/db";
import { type CompileFor, compile } from "../compile/compile";
import type { Rule } from "../rule/model";

/** A question from a screen may take so long, and no longer. */
const PREVIEW_MS = 5_000;

export type Found = { readonly count: number; readonly sample: readonly bigint[] };

/** How many a rule holds for, and some of them. Shape: in a transaction made ready; fails with the database's own code when it is stopped. */
export async function preview(tx: Tx, rule: Rule, asked: CompileFor, size: number): Promise<Found> {
  const { from, where, values } = compile(rule, asked);
  const [row] = await callIn<{ count: number; sample: bigint[] | null }>(
    tx,
    `SELECT count(*)::int AS count, (array_agg(s.member_id))[1:${size}] AS sample FROM ${from} WHERE ${where}`,
    values,
  );
  return { count: row?.count ?? 0, sample: row?.sample ?? [] };
}

/** Makes a transaction ready for a question from a screen. Answers its connection's number, by which the question can be called off. */
export async function prepare(tx: Tx): Promise<number> {
  const [row] = await callIn<{ pid: number }>(
    tx,
    "SELECT pg_backend_pid() AS pid, set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)",
    [String(PREVIEW_MS)],
  );
  return row?.pid ?? 0;
}

/** Calls off what another connection of ours is busy with. */
export async function callOff(pid: number): Promise<void> {
  await call("call_off", "SELECT pg_cancel_backend($1::int)", [pid]);
}
