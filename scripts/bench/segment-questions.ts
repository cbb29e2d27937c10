/** Ten written trees, simple to hard, each with the SQL somebody who knows the tables would write by hand. */
import type { Context } from "../../lib/access";
import { firstIdAt } from "../../lib/kernel/ids";
import { addDays, dayOf, startOfDay } from "../../lib/kernel/time";
import type { EventLeaf, Filter, Measure, Node, Rule, Window } from "../../lib/segments/model";

export type Question = {
  readonly name: string;
  readonly rule: Rule;
  readonly sql: string;
  readonly values: unknown[];
};

const all = (...nodes: Node[]): Rule => ({ version: 1, root: { kind: "all", nodes } });
const last = (n: number): Window => ({ in: "last", n, unit: "day" });
const bought = (window: Window, measure: Measure = { of: "did" }, where: Filter[] = []): EventLeaf => ({
  kind: "event",
  event: "purchase",
  where,
  window,
  measure,
});
const atLeast = (value: number) => ({ op: "at_least" as const, value });

const SAMPLE = "SELECT count(*)::int AS count, (array_agg(s.member_id))[1:8] AS sample FROM member_stats s";
const DONE = "o.business_id = $1 AND o.kind = 'purchase' AND o.state = 'normal'";

/** The questions for a business, as of its context's moment. */
export function questions(ctx: Context): Question[] {
  const { id, zone } = ctx.business;
  const today = dayOf(ctx.now, zone);
  const ago = (days: number) => startOfDay(addDays(today, -days), zone);
  const idAt = (days: number) => firstIdAt(ago(days)).toString();
  const ask = (name: string, rule: Rule, sql: string, ...values: unknown[]): Question => ({
    name,
    rule,
    sql: `${SAMPLE} ${sql}`,
    values: [id.toString(), ...values],
  });
  return [
    ask(
      "1 came at least 5 times",
      all({ kind: "number", field: "visits", test: atLeast(5) }),
      "WHERE s.business_id = $1 AND s.visits >= 5",
    ),
    ask(
      "2 came, and not in the last 60 days",
      all(bought({ in: "ever" }), bought(last(60), { of: "did_not" })),
      "WHERE s.business_id = $1 AND s.visits > 0 AND s.last_at < $2",
      ago(60),
    ),
    ask(
      "3 on two tiers, paid 1,000 or more, here in 90 days",
      all(
        { kind: "choice", field: "tier", test: { op: "in", values: ["silver", "gold"] } },
        { kind: "number", field: "spent", test: atLeast(100_000) },
        bought(last(90)),
      ),
      "WHERE s.business_id = $1 AND s.tier_id IN ('silver', 'gold') AND s.cash_spent_minor >= 100000 AND s.last_at >= $2",
      ago(90),
    ),
    ask(
      "4 birthday in 7 days",
      all({ kind: "day", field: "birthday", test: { op: "anniversary", days: 7 } }),
      `JOIN member_profile p USING (business_id, member_id) WHERE s.business_id = $1
       AND to_char(p.birth_date, 'MM-DD') = ANY($2::text[])`,
      Array.from({ length: 8 }, (_, ahead) => addDays(today, ahead).slice(5)),
    ),
    ask(
      "5 at least 3 purchases in the last 30 days",
      all(bought(last(30), { of: "count", test: atLeast(3) })),
      `JOIN (SELECT o.member_id FROM operation o WHERE ${DONE} AND o.id >= $2 AND o.at >= $3 GROUP BY 1 HAVING count(*) >= 3) e
       USING (member_id) WHERE s.business_id = $1`,
      idAt(30),
      ago(30),
    ),
    ask(
      "6 over 500 in bills of 90 days at one place",
      all(
        bought(last(90), { of: "sum", prop: "amount", test: atLeast(50_000) }, [
          { prop: "weekday", op: "in", values: [6, 7] },
        ]),
      ),
      `JOIN (SELECT o.member_id FROM operation o WHERE ${DONE} AND o.id >= $2 AND o.at >= $3
       AND extract(isodow FROM o.at AT TIME ZONE '${zone}') IN (6, 7) GROUP BY 1 HAVING sum(o.total_minor - o.refunded_minor) >= 50000) e
       USING (member_id) WHERE s.business_id = $1`,
      idAt(90),
      ago(90),
    ),
    ask(
      "7 any bill of 400 or more, ever",
      all(bought({ in: "ever" }, { of: "max", prop: "amount", test: atLeast(40_000) })),
      `JOIN (SELECT o.member_id FROM operation o WHERE ${DONE} GROUP BY 1 HAVING max(o.total_minor - o.refunded_minor) >= 40000) e
       USING (member_id) WHERE s.business_id = $1`,
    ),
    ask(
      "8 half of all purchases on Mondays to Fridays, 3 places",
      all(
        bought({ in: "ever" }, { of: "share", test: atLeast(50) }, [
          { prop: "weekday", op: "in", values: [1, 2, 3, 4, 5] },
        ]),
        bought({ in: "ever" }, { of: "distinct", prop: "location", test: atLeast(1) }),
      ),
      `JOIN (SELECT o.member_id FROM operation o WHERE ${DONE} GROUP BY 1
       HAVING count(*) FILTER (WHERE extract(isodow FROM o.at AT TIME ZONE '${zone}') BETWEEN 1 AND 5) * 2 >= count(*)
         AND count(DISTINCT o.location_id) >= 1) e USING (member_id) WHERE s.business_id = $1`,
    ),
    ask(
      "9 bought in 180 days, then not again within 30",
      all({
        kind: "sequence",
        first: { event: "purchase", where: [] },
        op: "then_not",
        next: { event: "purchase", where: [] },
        days: 30,
        window: last(180),
      }),
      `WHERE s.business_id = $1 AND s.member_id IN (SELECT o.member_id FROM operation o WHERE ${DONE} AND o.id >= $2 AND o.at >= $3
       AND ((o.at AT TIME ZONE '${zone}')::date + 31)::timestamp AT TIME ZONE '${zone}' <= $4
       AND NOT EXISTS (SELECT FROM operation b WHERE b.business_id = $1 AND b.kind = 'purchase' AND b.state = 'normal' AND b.id >= $2
         AND b.member_id = o.member_id AND b.at > o.at
         AND b.at < ((o.at AT TIME ZONE '${zone}')::date + 31)::timestamp AT TIME ZONE '${zone}'))`,
      idAt(180),
      ago(180),
      ctx.now,
    ),
    ask(
      "10 nested: slipping regulars or new big spenders",
      {
        version: 1,
        root: {
          kind: "any",
          nodes: [
            {
              kind: "all",
              nodes: [
                bought({ in: "ago", from: 60, to: 240, unit: "day" }, { of: "count", test: atLeast(3) }),
                bought(last(60), { of: "did_not" }),
              ],
            },
            {
              kind: "all",
              nodes: [
                { kind: "day", field: "first_visit", test: { op: "last", n: 90, unit: "day" } },
                bought(last(90), { of: "average", prop: "amount", test: atLeast(30_000) }),
                { kind: "none", nodes: [{ kind: "flag", field: "blocked", test: { is: true } }] },
              ],
            },
          ],
        },
      },
      `JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
       LEFT JOIN (SELECT o.member_id, count(*) FILTER (WHERE o.at >= $3 AND o.at < $4) AS earlier,
         avg(o.total_minor - o.refunded_minor) FILTER (WHERE o.at >= $5) AS bill
         FROM operation o WHERE ${DONE} AND o.id >= $2 GROUP BY 1) e ON e.member_id = s.member_id
       WHERE s.business_id = $1 AND ((e.earlier >= 3 AND (s.last_at < $4 OR s.last_at IS NULL))
         OR (s.first_at >= $5 AND e.bill >= 30000 AND m.blocked_at IS NULL))`,
      idAt(240),
      ago(240),
      ago(60),
      ago(90),
    ),
  ];
}
