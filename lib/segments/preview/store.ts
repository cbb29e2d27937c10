import "server-only";
import { call, callIn, type Tx } from "../../platform/db";
import { type CompileFor, compile } from "../compile/compile";
import type { Rule } from "../rule/model";

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

/**
 * Members drawn from all, `wanted` of them or up to twice as many, and how many there are in all.
 *
 * Shape: one in 32 by a hash of their numbers at the most, so that the same question is asked of the same people.
 */
export async function drawn(
  tx: Tx,
  businessId: bigint,
  wanted: number,
): Promise<{ total: number; ids: readonly bigint[] }> {
  const [row] = await callIn<{ total: number; ids: bigint[] | null }>(
    tx,
    `SELECT count(*)::int AS total, array_agg(member_id) FILTER (WHERE hashint8(member_id) & 31 = 0) AS ids
     FROM member_stats WHERE business_id = $1::bigint`,
    [businessId],
  );
  const ids = (row?.ids ?? []).toSorted((a, b) => (a < b ? -1 : 1));
  const step = Math.max(1, Math.floor(ids.length / wanted));
  return { total: row?.total ?? 0, ids: ids.filter((_, no) => no % step === 0) };
}

/** Makes a transaction ready for a question from a screen that may take so long. Answers its connection's number, by which the question can be called off. */
export async function prepare(tx: Tx, limitMs: number): Promise<number> {
  const [row] = await callIn<{ pid: number }>(
    tx,
    "SELECT pg_backend_pid() AS pid, set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)",
    [String(limitMs)],
  );
  return row?.pid ?? 0;
}

/** Calls off what another connection of ours is busy with. */
export async function callOff(pid: number): Promise<void> {
  await call("call_off", "SELECT pg_cancel_backend($1::int)", [pid]);
}
