import { plain } from "../../kernel/json";
import "server-only";
import { call, callIn, type Tx } from "../../platform/db";
import type { Rule, RuleBody, RuleUse } from "./model";
import { toRule } from "./schema";

const KEPT_MAX = 50_000;
/** A row's body never changes, so a parsed one is good for ever; all go when there are many. */
const kept = new Map<string, Rule>();

type Row = { rule_id: bigint; from_version: number; to_version: number | null; body: unknown };

function parsed(businessId: bigint, row: Row): Rule {
  const key = `${businessId}:${row.rule_id}:${row.from_version}`;
  const known = kept.get(key);
  if (known) return known;
  const rule = toRule(row.rule_id, row.body);
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, rule);
  return rule;
}

const AT = `SELECT rule_id, from_version, to_version, body FROM programme_rule
  WHERE business_id = $1::bigint AND from_version <= $2::int AND (to_version IS NULL OR to_version > $2::int)`;

export async function rulesAt(tx: Tx, businessId: bigint, version: number): Promise<Rule[]> {
  const rows = await callIn<Row>(tx, AT, [businessId, version]);
  return rows.map((row) => parsed(businessId, row));
}

/** Rules of a version with the version each got its present body in. */
export async function rulesSince(
  tx: Tx,
  businessId: bigint,
  version: number,
): Promise<{ rule: Rule; since: number }[]> {
  const rows = await callIn<Row>(tx, AT, [businessId, version]);
  return rows.map((row) => ({ rule: parsed(businessId, row), since: row.from_version }));
}

/** All bodies one rule ever had, newest first. */
export async function bodiesOf(
  tx: Tx,
  businessId: bigint,
  ruleId: bigint,
): Promise<{ rule: Rule; from: number; to: number | null }[]> {
  const rows = await callIn<Row>(
    tx,
    `SELECT rule_id, from_version, to_version, body FROM programme_rule
     WHERE business_id = $1::bigint AND rule_id = $2::bigint ORDER BY from_version DESC LIMIT 200`,
    [businessId, ruleId],
  );
  return rows.map((row) => ({ rule: parsed(businessId, row), from: row.from_version, to: row.to_version }));
}

/** Rules that were once there and are not in a version, by their last bodies, newest first. */
export async function archivedRules(tx: Tx, businessId: bigint, version: number): Promise<Rule[]> {
  const rows = await callIn<Row>(
    tx,
    `SELECT * FROM (
       SELECT DISTINCT ON (rule_id) rule_id, from_version, to_version, body FROM programme_rule
       WHERE business_id = $1::bigint AND from_version <= $2::int ORDER BY rule_id, from_version DESC
     ) last WHERE to_version <= $2::int ORDER BY to_version DESC, rule_id DESC LIMIT 200`,
    [businessId, version],
  );
  return rows.map((row) => parsed(businessId, row));
}

/** Makes version `next` say what `base` said, whatever `previous` (the one before `next`) says; `except`: rules written apart. */
export async function carryOver(
  tx: Tx,
  businessId: bigint,
  {
    base,
    previous,
    next,
    except,
  }: { base: number; previous: number; next: number; except: readonly bigint[] },
): Promise<void> {
  if (base === previous) return;
  await callIn(
    tx,
    `WITH closed AS (
       UPDATE programme_rule SET to_version = $4::int
       WHERE business_id = $1::bigint AND to_version IS NULL AND from_version > $2::int AND rule_id <> ALL($5::bigint[])
     )
     INSERT INTO programme_rule (business_id, rule_id, from_version, body)
     SELECT business_id, rule_id, $4::int, body FROM programme_rule
     WHERE business_id = $1::bigint AND from_version <= $2::int AND to_version > $2::int AND to_version <= $3::int
       AND rule_id <> ALL($5::bigint[])`,
    [businessId, base, previous, next, [...except]],
  );
}

/** Ends what a rule says before version `next`; with a body, begins to say that. */
export async function writeRule(
  tx: Tx,
  businessId: bigint,
  next: number,
  ruleId: bigint,
  body: RuleBody | null,
): Promise<void> {
  await callIn(
    tx,
    `UPDATE programme_rule SET to_version = $3::int WHERE business_id = $1::bigint AND rule_id = $2::bigint AND to_version IS NULL`,
    [businessId, ruleId, next],
  );
  if (!body) return;
  await callIn(
    tx,
    `INSERT INTO programme_rule (business_id, rule_id, from_version, body) VALUES ($1::bigint, $2::bigint, $3::int, $4::jsonb)`,
    [businessId, ruleId, next, JSON.stringify(plain(body))],
  );
  if (body.caps.budget !== null)
    await callIn(tx, "SELECT 1 AS ok FROM rule_budget_open($1::bigint, $2::bigint)", [businessId, ruleId]);
}

/** What version `base` says of a rule, or nothing. */
export async function ruleAt(
  tx: Tx,
  businessId: bigint,
  base: number,
  ruleId: bigint,
): Promise<{ rule: Rule; since: number } | undefined> {
  const rows = await callIn<Row>(tx, `${AT} AND rule_id = $3::bigint`, [businessId, base, ruleId]);
  return rows[0] && { rule: parsed(businessId, rows[0]), since: rows[0].from_version };
}

export async function countRules(tx: Tx, businessId: bigint, version: number): Promise<number> {
  const [row] = await callIn<{ n: bigint }>(tx, `SELECT count(*) AS n FROM (${AT}) at`, [
    businessId,
    version,
  ]);
  return Number(row?.n ?? 0);
}

/** Used of budgets, by rule. */
export async function budgetsUsed(businessId: bigint, ruleIds: readonly bigint[]): Promise<RuleUse[]> {
  const rows = await call<{ rule_id: bigint; used: bigint }>(
    "budgets_used",
    "SELECT * FROM rule_budgets_used($1::bigint, $2::bigint[])",
    [businessId, ruleIds],
  );
  return rows.map((row) => ({ ruleId: row.rule_id, period: "budget", amount: row.used, times: 0 }));
}

/** What rules gave since a moment, refunds taken off: amount, purchases and members. */
export async function resultsOf(
  tx: Tx,
  businessId: bigint,
  ruleIds: readonly bigint[],
  fromId: bigint,
): Promise<{ rule_id: bigint; amount: bigint; purchases: bigint; members: bigint }[]> {
  return await callIn(
    tx,
    `SELECT ref::bigint AS rule_id, sum(amount - undone)::bigint AS amount, count(*) AS purchases,
       count(DISTINCT member_id) AS members
     FROM operation_effect WHERE business_id = $1::bigint AND kind = 'rule' AND ref = ANY($2::text[])
       AND operation_id >= $3::bigint GROUP BY ref`,
    [businessId, ruleIds.map(String), fromId],
  );
}

/** What there is to name in a rule besides goods; `segments` null while an installation keeps none. */
export async function namesIn(tx: Tx, businessId: bigint) {
  const where = { businessId };
  const locations = await tx.location.findMany({ where, select: { id: true, archivedAt: true } });
  const tags = await tx.tag.findMany({ where, select: { id: true } });
  return { locations, tags, segments: await segmentIds(tx, businessId) };
}

async function segmentIds(tx: Tx, businessId: bigint): Promise<Set<bigint> | null> {
  const [known] = await callIn<{ there: boolean }>(
    tx,
    "SELECT to_regclass('public.segment') IS NOT NULL AS there",
    [],
  );
  if (!known?.there) return null;
  const rows = await callIn<{ id: bigint }>(tx, "SELECT id FROM segment WHERE business_id = $1::bigint", [
    businessId,
  ]);
  return new Set(rows.map((row) => row.id));
}

/** What versions between two did to rules, at most 50 for each. */
export async function rulesWritten(
  tx: Tx,
  businessId: bigint,
  from: number,
  to: number,
): Promise<{ version: number; ruleId: bigint; name: string; how: "added" | "changed" | "removed" }[]> {
  return await callIn(
    tx,
    `SELECT version, "ruleId", name, how FROM (
       SELECT w.version, r.rule_id AS "ruleId", r.body->>'name' AS name, w.how,
         row_number() OVER (PARTITION BY w.version ORDER BY r.rule_id) AS no
       FROM programme_rule r CROSS JOIN LATERAL (
         SELECT r.from_version AS version, CASE WHEN EXISTS (SELECT FROM programme_rule o
             WHERE o.business_id = r.business_id AND o.rule_id = r.rule_id AND o.to_version = r.from_version)
           THEN 'changed' ELSE 'added' END AS how
         UNION ALL
         SELECT r.to_version, 'removed' WHERE r.to_version IS NOT NULL AND NOT EXISTS (SELECT FROM programme_rule o
           WHERE o.business_id = r.business_id AND o.rule_id = r.rule_id AND o.from_version = r.to_version)
       ) w WHERE r.business_id = $1::bigint AND w.version BETWEEN $2::int AND $3::int
     ) numbered WHERE no <= 50 ORDER BY version DESC, "ruleId"`,
    [businessId, from, to],
  );
}

/** Forgets what rules gave in periods that ended before a moment, at most so many rows; answers how many. */
export async function forgetUses(tx: Tx, businessId: bigint, before: Date, limit: number): Promise<number> {
  const rows = await callIn<{ gone: boolean }>(
    tx,
    `DELETE FROM rule_use WHERE (business_id, member_id, rule_id, period) IN (
       SELECT business_id, member_id, rule_id, period FROM rule_use
       WHERE business_id = $1::bigint AND ends_at < $2::timestamptz LIMIT $3::int)
     RETURNING true AS gone`,
    [businessId, before, limit],
  );
  return rows.length;
}
