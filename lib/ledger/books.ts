/** The first row that breaks an invariant, as the proof found it. */
export type Breach = { readonly rule: string; readonly row: Readonly<Record<string, unknown>> };

/** Asks the database as its owner, across businesses. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

const SIGNED = "CASE WHEN credit = 'member' THEN points ELSE -points END";
/** Operations of a kind whose points differ from the sums of their transfers for two reasons. */
const differing = (kind: string, earned: string, spent: string) => `
  SELECT o.business_id, o.id, o.points_earned, t.earned, o.points_spent, t.spent FROM operation o
  LEFT JOIN (SELECT business_id, operation_id, sum(points) FILTER (WHERE reason = '${earned}') AS earned,
      sum(points) FILTER (WHERE reason = '${spent}') AS spent
    FROM transfer WHERE reason IN ('${earned}', '${spent}') GROUP BY 1, 2) t ON (t.business_id, t.operation_id) = (o.business_id, o.id)
  WHERE o.kind = '${kind}' AND (o.points_earned <> coalesce(t.earned, 0) OR o.points_spent <> coalesce(t.spent, 0))`;

/** Each rule with a question that answers only rows that break it. */
const RULES: readonly { rule: string; sql: string }[] = [
  {
    rule: "all accounts together are zero: what members hold was issued, and neither redeemed nor burned",
    sql: `SELECT business_id, m.held, o.net AS others FROM (SELECT business_id, sum(points) AS held FROM member_stats GROUP BY 1) m
          FULL JOIN (SELECT business_id, sum(-(${SIGNED})) AS net FROM transfer GROUP BY 1) o USING (business_id)
          WHERE coalesce(m.held, 0) + coalesce(o.net, 0) <> 0`,
  },
  {
    rule: "the settlement account is empty",
    sql: `SELECT business_id, member_id, sum(CASE WHEN credit = 'settlement' THEN points ELSE -points END) AS off FROM transfer
          WHERE reason = 'settle' GROUP BY 1, 2 HAVING sum(CASE WHEN credit = 'settlement' THEN points ELSE -points END) <> 0`,
  },
  {
    rule: "a lot's remainder is the sum of its transfers, its breakage too",
    sql: `SELECT l.business_id, l.member_id, l.id, l.remaining, l.expired, t.net, t.broken FROM lot l
          LEFT JOIN (SELECT business_id, member_id, lot_id, sum(${SIGNED}) AS net,
              sum(CASE WHEN credit = 'breakage' THEN points WHEN debit = 'breakage' THEN -points ELSE 0 END) AS broken
            FROM transfer GROUP BY 1, 2, 3) t ON (t.business_id, t.member_id, t.lot_id) = (l.business_id, l.member_id, l.id)
          WHERE l.remaining <> coalesce(t.net, 0) OR l.expired <> coalesce(t.broken, 0)`,
  },
  {
    rule: "every transfer belongs to a lot of its member",
    sql: `SELECT t.business_id, t.member_id, t.id FROM transfer t WHERE NOT EXISTS (
            SELECT FROM lot l WHERE (l.business_id, l.member_id, l.id) = (t.business_id, t.member_id, t.lot_id))`,
  },
  {
    rule: "what merges took from one member, another has",
    sql: `SELECT business_id, sum(CASE WHEN credit = 'settlement' THEN points ELSE -points END) AS off FROM transfer
          WHERE reason = 'merge' GROUP BY 1 HAVING sum(CASE WHEN credit = 'settlement' THEN points ELSE -points END) <> 0`,
  },
  {
    rule: "who was merged into another holds nothing",
    sql: `SELECT a.business_id, l.member_id, l.id, l.remaining FROM member_alias a
          JOIN lot l ON l.business_id = a.business_id AND l.member_id = a.value::bigint AND l.remaining <> 0 WHERE a.kind = 'id'`,
  },
  {
    rule: "every transfer of an operation is its member's, or of whom was merged into them",
    sql: `SELECT t.business_id, t.member_id, t.id, t.operation_id FROM transfer t
          LEFT JOIN operation o ON (o.business_id, o.id) = (t.business_id, t.operation_id)
          WHERE t.operation_id IS NOT NULL AND o.member_id IS DISTINCT FROM t.member_id AND NOT EXISTS (
            SELECT FROM member_alias a WHERE a.business_id = t.business_id AND a.kind = 'id' AND a.value = t.member_id::text
              AND a.member_id = o.member_id)`,
  },
  {
    rule: "a member's points are the sum of their lots",
    sql: `SELECT s.business_id, s.member_id, s.points, coalesce(l.held, 0) AS lots FROM member_stats s
          LEFT JOIN (SELECT business_id, member_id, sum(remaining) AS held FROM lot GROUP BY 1, 2) l USING (business_id, member_id)
          WHERE s.points <> coalesce(l.held, 0)`,
  },
  {
    rule: "a purchase earned and spent what its transfers say",
    sql: differing("purchase", "earn", "spend"),
  },
  {
    rule: "a refund returned and took back what its transfers say",
    sql: differing("refund", "take_back", "give_back"),
  },
  {
    rule: "a grant gave or deducted what its transfers say",
    sql: differing("grant", "give", "deduct"),
  },
  {
    rule: "a purchase's bill adds up",
    sql: `SELECT business_id, id FROM operation WHERE kind IN ('purchase', 'refund')
          AND total_minor <> cash_minor + discount_minor + certificate_minor + points_spent`,
  },
  {
    rule: "refunds of a purchase add up and are complete when it is canceled",
    sql: `SELECT o.business_id, o.id, o.refunded_minor FROM operation o
          LEFT JOIN (SELECT business_id, origin_id, sum(total_minor) AS total, sum(cash_minor) AS cash,
              sum(certificate_minor) AS certificate, sum(points_spent) AS returned, sum(points_earned) AS taken
            FROM operation WHERE kind = 'refund' GROUP BY 1, 2) r ON (r.business_id, r.origin_id) = (o.business_id, o.id)
          WHERE o.kind = 'purchase' AND (o.refunded_minor <> coalesce(r.total, 0)
            OR (o.state = 'canceled') <> (o.refunded_minor = o.total_minor AND r.total IS NOT NULL)
            OR (o.state = 'canceled' AND (r.cash <> o.cash_minor OR r.certificate <> o.certificate_minor OR r.returned <> o.points_spent OR r.taken <> o.points_earned)))`,
  },
  {
    rule: "a member's visits and spend are a recount of their purchases",
    sql: `SELECT s.business_id, s.member_id, s.visits, s.cash_spent_minor, r.visits AS recounted, r.cash FROM member_stats s
          LEFT JOIN (SELECT business_id, member_id,
              count(*) FILTER (WHERE kind = 'purchase' AND state = 'normal') AS visits,
              sum(CASE kind WHEN 'purchase' THEN cash_minor WHEN 'refund' THEN -cash_minor ELSE 0 END) AS cash,
              max(at) FILTER (WHERE kind = 'purchase' AND state = 'normal') AS last_at
            FROM operation GROUP BY 1, 2) r USING (business_id, member_id)
          WHERE s.visits <> coalesce(r.visits, 0) OR s.cash_spent_minor <> coalesce(r.cash, 0) OR s.last_at IS DISTINCT FROM r.last_at`,
  },
  {
    rule: "what a purchase did besides is its member's, and is undone when it is canceled",
    sql: `SELECT e.business_id, e.operation_id, e.no, e.kind FROM operation_effect e
          LEFT JOIN operation o ON (o.business_id, o.id) = (e.business_id, e.operation_id)
          WHERE o.kind IS DISTINCT FROM 'purchase' OR o.member_id <> e.member_id
            OR (o.state = 'canceled' AND e.undone <> e.amount)`,
  },
  {
    rule: "a certificate's balance is the sum of its entries, and what it was sold for is the first of them",
    sql: `SELECT c.business_id, c.id, c.balance_minor, e.net, e.sold FROM certificate c
          LEFT JOIN (SELECT business_id, certificate_id,
              sum(CASE WHEN credit = 'certificate' THEN amount_minor ELSE -amount_minor END) AS net,
              sum(amount_minor) FILTER (WHERE reason = 'sell') AS sold
            FROM certificate_entry GROUP BY 1, 2) e ON (e.business_id, e.certificate_id) = (c.business_id, c.id)
          WHERE c.balance_minor <> coalesce(e.net, 0) OR c.amount_minor IS DISTINCT FROM e.sold`,
  },
  {
    rule: "a purchase paid by certificate took that much from certificates, less what refunds gave back",
    sql: `SELECT e.business_id, e.operation_id, e.ref, e.amount, e.undone, c.net FROM operation_effect e
          LEFT JOIN (SELECT business_id, certificate_id, operation_id,
              sum(CASE WHEN credit = 'spent' THEN amount_minor ELSE -amount_minor END) AS net
            FROM certificate_entry WHERE operation_id IS NOT NULL GROUP BY 1, 2, 3) c
            ON (c.business_id, c.operation_id, c.certificate_id) = (e.business_id, e.operation_id, e.ref::bigint)
          WHERE e.kind = 'certificate' AND e.amount - e.undone <> coalesce(c.net, 0)`,
  },
  {
    rule: "a member's stamps are those of their purchases",
    sql: `SELECT s.business_id, s.member_id, s.programme_id, s.stamps, e.net FROM stamp_card s
          LEFT JOIN (SELECT business_id, member_id, programme_id, sum(stamps - taken) AS net FROM stamp_entry GROUP BY 1, 2, 3) e
            USING (business_id, member_id, programme_id) WHERE s.stamps <> coalesce(e.net, 0)`,
  },
  {
    rule: "an entitlement was used as often as its confirmed uses say",
    sql: `SELECT e.business_id, e.id, e.used, u.confirmed FROM entitlement e
          LEFT JOIN (SELECT business_id, entitlement_id, count(*) AS confirmed FROM entitlement_use
            WHERE state = 'confirmed' GROUP BY 1, 2) u ON (u.business_id, u.entitlement_id) = (e.business_id, e.id)
          WHERE e.used <> coalesce(u.confirmed, 0)`,
  },
  {
    rule: "every kept key points at its operation, or at the reward it queued",
    sql: `SELECT i.business_id, i.key, i.operation_id FROM idempotency i WHERE NOT EXISTS (
            SELECT FROM operation o WHERE (o.business_id, o.id) = (i.business_id, i.operation_id))
          AND NOT EXISTS (SELECT FROM audit a WHERE a.business_id = i.business_id AND a.subject_kind = 'reward'
            AND a.subject_id = i.operation_id)`,
  },
  {
    rule: "every operation has its audit row",
    sql: `SELECT o.business_id, o.id FROM operation o
          WHERE o.source <> 'generated' AND NOT (o.source = 'import' AND o.kind = 'purchase') AND NOT EXISTS (
            SELECT FROM audit a WHERE (a.business_id, a.id) = (o.business_id, o.id))`,
  },
  {
    rule: "every imported purchase is a row of its import, which the trail has as a whole",
    sql: `SELECT o.business_id, o.id FROM operation o LEFT JOIN import_row r ON r.business_id = o.business_id AND r.ref = o.id
          WHERE o.source = 'import' AND o.kind = 'purchase' AND (r.ref IS NULL OR r.state NOT IN ('done', 'kept') OR NOT EXISTS (
            SELECT FROM audit a WHERE a.business_id = o.business_id AND a.action = 'import.posting' AND a.subject_id = r.import_id))`,
  },
];

/**
 * Proves the ledger's invariants over a whole database: nothing, or the first row that breaks each rule that is broken.
 *
 * Shape: at most one breach per rule. Ask with the owner's connection: it looks across businesses.
 */
export async function booksOf(ask: Ask, onRule: (rule: string) => void = () => {}): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const { rule, sql } of RULES) {
    onRule(rule);
    // Behind the fence the planner reads everything once, where a bare LIMIT has it hope for an early find, row by row.
    const [row] = await ask(`WITH breach AS MATERIALIZED (${sql}) SELECT * FROM breach LIMIT 1`);
    if (row) breaches.push({ rule, row });
  }
  return breaches;
}
