/** Turns a rule into one SQL statement: parameters for every value, one pass over each table. */
import { addDays } from "../../kernel/time";
import { type Field, fieldOf } from "../fields/model";
import { type FieldLeaf, isGroup, type Leaf, type Node, type Rule } from "../rule/model";
import { earliest, eventSql, sequenceSql } from "./events";
import { Statement, type Value, type Whom } from "./statement";
import { birthdaySql, bucketSql, choiceSql, daySql, numberSql, type Sql, textSql, yearsSql } from "./tests";

export type { Value, Whom } from "./statement";

/**
 * The parts of a statement: `SELECT ... FROM ${from} WHERE ${where}` finds the members (`s.member_id`) the rule holds for.
 *
 * Shape: `$1` is the business. `among` restricts the members to who is asked about, whatever the rule says. `next` is the earliest
 * later instant at which the answer for a row could change by time alone, NULL where it cannot; null when that is so for all rows or
 * was not asked for.
 */
export type Compiled = {
  readonly from: string;
  readonly where: string;
  readonly among: string;
  readonly is: string;
  readonly next: string | null;
  readonly values: readonly Value[];
};

export type CompileFor = {
  readonly businessId: bigint;
  readonly now: Date;
  readonly zone: string;
  readonly whom: Whom;
  readonly wantsNext: boolean;
};

/** Who was erased or merged away is in no group. */
export const HERE =
  "NOT EXISTS (SELECT FROM segment_gone g WHERE g.business_id = s.business_id AND g.member_id = s.member_id)";

/** The same asked of everybody: those gone are gathered once, and where there are none nobody is looked up. */
const ALL_HERE = `(NOT EXISTS (SELECT FROM segment_gone WHERE business_id = $1::bigint)
    OR s.member_id NOT IN (SELECT g.member_id FROM segment_gone g WHERE g.business_id = $1::bigint))`;

/** Compiles a rule for one moment. */
export function compile(rule: Rule, asked: CompileFor): Compiled {
  const to = new Statement(asked.businessId, asked.now, asked.zone, asked.whom);
  const { is, next } = nodeSql(to, rule.root, asked.wantsNext);
  const here = asked.whom !== "all" && "ids" in asked.whom ? HERE : ALL_HERE;
  const among = `s.business_id = $1::bigint${to.only("s.member_id")} AND ${here}`;
  return onlyUsed({ where: `${among} AND ${is}`, among, is, next, from: to.from(), values: to.values });
}

/** A parameter nothing mentions any more cannot be given: the others move up. */
function onlyUsed(parts: Compiled): Compiled {
  const used = new Map<string, number>();
  const values: Value[] = [];
  const renumber = (sql: string) =>
    sql.replace(/\$(\d+)/g, (_, no: string) => {
      let place = used.get(no);
      if (place === undefined) {
        place = values.push(parts.values[Number(no) - 1] ?? null);
        used.set(no, place);
      }
      return `$${place}`;
    });
  // The condition first: it begins with the business, which stays $1.
  const where = renumber(parts.where);
  const [among, is, from] = [renumber(parts.among), renumber(parts.is), renumber(parts.from)];
  return { where, among, is, from, next: parts.next === null ? null : renumber(parts.next), values };
}

function nodeSql(to: Statement, node: Node, wantsNext: boolean): Sql {
  if (!isGroup(node)) {
    const leaf = leafSql(to, node, wantsNext);
    return wantsNext ? leaf : { is: leaf.is, next: null };
  }
  if (node.nodes.length === 0) return { is: "true", next: null };
  const parts = node.nodes.map((one) => nodeSql(to, one, wantsNext));
  const joined = parts.map(({ is }) => is).join(node.kind === "all" ? " AND " : " OR ");
  // What is not known counts as no: within a negation it must say so.
  const is = node.kind === "none" ? `(${joined}) IS NOT TRUE` : `(${joined})`;
  return { is, next: earliest(parts.map(({ next }) => next)) };
}

function leafSql(to: Statement, leaf: Leaf, wantsNext: boolean): Sql {
  switch (leaf.kind) {
    case "event":
      return eventSql(to, leaf, wantsNext);
    case "sequence":
      return sequenceSql(to, leaf, wantsNext);
    case "segment": {
      const held = to.derive(`SELECT member_id, entered_at FROM segment_member
    WHERE business_id = $1::bigint AND segment_id = ${to.number(leaf.segment)}${to.only("member_id")}`);
      const edge = addDays(to.moment.today, 1 - (leaf.forDays ?? 0));
      const isIn =
        leaf.forDays === null
          ? `${held}.member_id IS NOT NULL`
          : `${held}.entered_at < ${to.instant(to.startOf(edge))}`;
      const due = `(((${held}.entered_at AT TIME ZONE ${to.zone})::date + ${to.parameter(leaf.forDays ?? 0, "int")})::timestamp
    AT TIME ZONE ${to.zone})`;
      return {
        is: leaf.op === "in" ? isIn : `(${isIn}) IS NOT TRUE`,
        next: leaf.forDays === null ? null : `CASE WHEN NOT (${isIn}) THEN ${due} END`,
      };
    }
    case "expiring":
      return expiringSql(to, leaf, wantsNext);
    case "random": {
      const share = to.parameter(Math.round(leaf.percent * 100), "int");
      return { is: `${bucketSql(to, leaf.salt)} < ${share}`, next: null };
    }
    case "list":
      return { is: `s.member_id = ANY(${to.list(leaf.ids, "bigint")})`, next: null };
    case "text":
    case "number":
    case "day":
    case "choice":
    case "set":
    case "flag":
      return fieldSql(to, leaf);
  }
}

function expiringSql(to: Statement, leaf: Leaf & { kind: "expiring" }, wantsNext: boolean): Sql {
  const until = to.instant(to.startOf(addDays(to.moment.today, leaf.days + 1)));
  const live = `FROM lot WHERE business_id = $1::bigint AND remaining > 0 AND expires_at > ${to.now}`;
  const sum = to.derive(
    `SELECT member_id, sum(remaining) AS points ${live} AND expires_at < ${until}${to.only("member_id")} GROUP BY member_id`,
  );
  const is = numberSql(to, leaf.test, `coalesce(${sum}.points, 0)`);
  if (!wantsNext) return { is, next: null };
  const begins = `(((expires_at AT TIME ZONE ${to.zone})::date - ${to.parameter(leaf.days, "int")})::timestamp AT TIME ZONE ${to.zone})`;
  const change = to.derive(
    `SELECT member_id, min(CASE WHEN ${begins} > ${to.now} THEN ${begins} ELSE expires_at END) AS at
    ${live}${to.only("member_id")} GROUP BY member_id`,
  );
  return { is, next: `${change}.at` };
}

function fieldSql(to: Statement, leaf: FieldLeaf): Sql {
  const field = fieldOf(leaf.field);
  if (!field) return { is: "false", next: null };
  if (leaf.kind === "set") return { is: setSql(to, leaf, field), next: null };
  to.join(field.join);
  const { sql } = field;
  switch (leaf.kind) {
    case "text":
      return { is: textSql(to, leaf.test, sql), next: null };
    case "choice":
      return { is: choiceSql(to, leaf.test, sql), next: null };
    case "flag":
      return { is: leaf.test.is ? `(${sql})` : `(${sql}) IS NOT TRUE`, next: null };
    case "day":
      return daySql(to, leaf.test, sql, field.isInstant ?? false);
    case "number": {
      if (!field.isYearsSince) return { is: numberSql(to, leaf.test, sql), next: null };
      return { is: numberSql(to, leaf.test, yearsSql(to, sql)), next: birthdaySql(to, sql) };
    }
  }
}

function setSql(to: Statement, leaf: FieldLeaf & { kind: "set" }, field: Field): string {
  const { op, values } = leaf.test;
  const list = to.list(values, field.choices ? "text" : "bigint");
  const all =
    op === "all" ? ` HAVING count(DISTINCT value) = ${to.parameter(new Set(values).size, "int")}` : "";
  const held = to.derive(
    `SELECT member_id FROM (${field.sql}) v WHERE value = ANY(${list})${to.only("member_id")} GROUP BY member_id${all}`,
  );
  return `${held}.member_id IS ${op === "none" ? "" : "NOT "}NULL`;
}
