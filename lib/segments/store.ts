import "server-only";
import { callIn, type Tx } from "../platform/db";
import { type CompileFor, compile } from "./compile/compile";
import type { Rule } from "./rule/model";

/** The members a rule holds for, by SQL. */
export async function membersOfRule(tx: Tx, rule: Rule, asked: CompileFor): Promise<bigint[]> {
  const { from, where, values } = compile(rule, asked);
  const rows = await callIn<{ member_id: bigint }>(
    tx,
    `SELECT s.member_id FROM ${from} WHERE ${where}`,
    values,
  );
  return rows.map((row) => row.member_id);
}

export type Asked = { readonly memberId: bigint; readonly isIn: boolean; readonly nextAt: Date | null };

/** A rule's answer for some members by SQL, with the earliest instant at which time alone could change it. */
export async function askMembers(tx: Tx, rule: Rule, asked: CompileFor): Promise<Asked[]> {
  const { from, is, next, values } = compile(rule, { ...asked, wantsNext: true });
  const rows = await callIn<{ member_id: bigint; is_in: boolean; next_at: Date | null }>(
    tx,
    `SELECT s.member_id, coalesce(${is}, false) AS is_in, ${next ?? "NULL::timestamptz"} AS next_at
     FROM ${from} WHERE s.business_id = $1::bigint${asked.memberIds === null ? "" : " AND s.member_id = ANY($2::bigint[])"}`,
    values,
  );
  return rows.map((row) => ({ memberId: row.member_id, isIn: row.is_in, nextAt: row.next_at }));
}
