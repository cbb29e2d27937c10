/**
 * The SQL that makes members i = from..to-1 of a large business with everything they did, in one statement.
 *
 * Shape: chance is a hash of the member's number, so the same number is the same member on every machine. Ids are moments
 * whose last three digits and low bits spell the member's number, so no two rows can meet. Each member has one lot of
 * purchase points that never expires, and pays with some of it at the last visit only: earned before, spent after.
 */

/** $n in the statement, in order. */
export type Generation = {
  readonly businessId: bigint;
  readonly from: number;
  readonly to: number;
  readonly begins: Date;
  readonly ends: Date;
  readonly locations: readonly bigint[];
  readonly staff: readonly bigint[];
  readonly names: Names;
};

/** Parallel lists: a name in its own letters, in lower case for the search, and in latin for an e-mail. */
export type Names = {
  readonly first: readonly string[];
  readonly firstLatin: readonly string[];
  readonly last: readonly string[];
  readonly lastLatin: readonly string[];
};

/** A number from 0 up to 1 that belongs to a member and a purpose. */
const u = (purpose: string | number, of = "i") =>
  `((hashint8extended(${of}, ${purpose}) & 2147483647) / 2147483648.0)`;
/** The same, bell-shaped around 0. */
const bell = (purpose: number, of = "i") =>
  `(sqrt(-2 * ln(1 - ${u(purpose, of)})) * cos(6.283185307179586 * ${u(purpose + 1, of)}))`;
const pick = (list: string, purpose: number) =>
  `(${list})[1 + floor(${u(purpose)} * cardinality(${list}))::int]`;
const idOf = (at: string) =>
  `(((extract(epoch FROM ${at}) * 1000)::bigint - 946684800000) << 12) | ((i / 1000) % 4096)`;
const instant = (seconds: string) =>
  `(to_timestamp(floor(${seconds})) + (i % 1000) * interval '1 millisecond')::timestamptz(3)`;

/** Median visits of a member who came at all; with the spread below the mean is near ten. */
const VISITS_MEDIAN = 7.3;
const VISITS_SPREAD = 0.85;
const VISITS_MAX = 400;

const MEMBERS = `
  SELECT i, id, joined, business_id, visits, spends,
    -- Most were here lately, some are slipping away, some have left.
    greatest(joined, ends - 86400 * least(${u(13)} ^ 2 * 420, 540)) AS last_seen,
    first_name || ' ' || last_name AS name, phone,
    CASE WHEN ${u(16)} < 0.6 THEN first_latin || '.' || last_latin || i || '@example.com' END AS email,
    CASE WHEN ${u(17)} < 0.5 THEN date '1960-01-01' + floor(${u(18)} * 16000)::int END AS birth_date
  FROM (
    SELECT g.i, $1::bigint AS business_id, extract(epoch FROM $5::timestamptz) AS ends,
      floor(extract(epoch FROM $4::timestamptz) + extract(epoch FROM $5::timestamptz - $4::timestamptz) * 0.97 * ${u(1)} ^ 0.8) AS joined,
      ${idOf(instant(`extract(epoch FROM $4::timestamptz) + extract(epoch FROM $5::timestamptz - $4::timestamptz) * 0.97 * ${u(1)} ^ 0.8`))} AS id,
      CASE WHEN ${u(2)} < 0.04 THEN 0
        ELSE least(${VISITS_MAX}, greatest(1, round(${VISITS_MEDIAN} * exp(${VISITS_SPREAD} * ${bell(3)})))) END::int AS visits,
      20000 * exp(0.7 * ${bell(5)}) AS spends,
      ${pick("$8::text[]", 8)} AS first_name, ${pick("$9::text[]", 8)} AS first_latin,
      ${pick("$10::text[]", 9)} AS last_name, ${pick("$11::text[]", 9)} AS last_latin,
      '+38040' || lpad(((2000003 + g.i * 7919) % 10000000)::text, 7, '0') AS phone
    FROM generate_series($2::bigint, $3::bigint - 1) AS g(i)
  ) known`;

/** Visits lie between joining and the last seen day, in opening hours, never two in one second. */
const VISITS = `
  SELECT v.*, ${idOf("v.at")} AS operation_id,
    row_number() OVER life AS nth, count(*) OVER (PARTITION BY v.i) AS of,
    greatest(1000, round(v.spends * exp(0.4 * ${bell(20, "v.seed")}) / 500) * 500)::bigint AS total
  FROM (
    SELECT m.i, m.id AS member_id, m.spends, m.i * 512 + k AS seed,
      ${instant(`floor((joined + (last_seen - joined) * (k + ${u(7, "m.i * 512 + k")}) / m.visits) / 86400) * 86400
        + 25200 + floor(${u(6, "m.i * 512 + k")} * 75) * 512 + k`)} AS at
    FROM m CROSS JOIN LATERAL generate_series(0, m.visits - 1) AS k
  ) v
  WINDOW life AS (PARTITION BY v.i ORDER BY v.at)`;

/** What was earned before the last visit can be spent on it: at most half of that, and 30 % of the bill. */
const PURCHASES = `
  SELECT p.*, (p.total - p.spent) AS cash, ((p.total - p.spent) * 5 + 50) / 100 AS earned FROM (
    SELECT q.*, CASE WHEN nth = of AND of > 2 AND ${u(30)} < 0.45
      THEN least((sum((total * 5 + 50) / 100) OVER (PARTITION BY i) - (total * 5 + 50) / 100) / 2, total * 3 / 10) / 100 * 100
      ELSE 0 END::bigint AS spent
    FROM (SELECT *, member_id AS holder FROM visits) q
  ) p`;

const LIVES = `
  SELECT holder, count(*)::int AS visits, sum(cash)::bigint AS cash, sum(spent)::bigint AS spent,
    (sum(earned) - sum(spent))::bigint AS points, min(at) AS first_at, max(at) AS last_at
  FROM purchases GROUP BY holder`;

/** Everything of one chunk, at once or not at all. Answers how many purchases were made. */
export const GENERATE = `WITH
m AS MATERIALIZED (${MEMBERS}),
visits AS (${VISITS}),
purchases AS MATERIALIZED (${PURCHASES}),
lives AS MATERIALIZED (${LIVES}),
to_member AS (
  INSERT INTO member (business_id, id, source, invite_code, created_at)
  SELECT business_id, id, 'generated', lpad(to_hex((i * 2654435761) % 4294967296), 8, '0'), ${instant("joined")} FROM m),
to_profile AS (
  INSERT INTO member_profile (business_id, member_id, name, phone, email, birth_date, search)
  SELECT business_id, id, name, phone, email, birth_date, concat_ws(' ', lower(name COLLATE "und-x-icu"), phone, email) FROM m),
to_stats AS (
  INSERT INTO member_stats (business_id, member_id, version, tier_id, points, visits, cash_spent_minor, saved_minor, first_at, last_at)
  SELECT m.business_id, m.id, coalesce(l.visits, 0),
    CASE WHEN l.cash >= 3000000 THEN 'gold' WHEN l.cash >= 1000000 THEN 'silver' ELSE 'base' END,
    coalesce(l.points, 0), coalesce(l.visits, 0), coalesce(l.cash, 0), coalesce(l.spent, 0), l.first_at, l.last_at
  FROM m LEFT JOIN lives l ON l.holder = m.id),
to_operation AS (
  INSERT INTO operation (business_id, id, kind, state, member_id, at, total_minor, cash_minor, points_spent, points_earned,
    staff_id, location_id, programme_version, tier_id, source, is_first, because)
  SELECT $1::bigint, operation_id, 'purchase', 'normal', member_id, at, total, cash, spent, earned,
    ${pick("$7::bigint[]", 40)}, ${pick("$6::bigint[]", 40)}, 1, 'base', 'generated', nth = 1, '[]'::jsonb FROM purchases),
to_lot AS (
  INSERT INTO lot (business_id, member_id, id, kind, available_at, remaining)
  SELECT $1::bigint, holder, holder, 'purchase', first_at, points FROM lives),
to_transfer AS (
  INSERT INTO transfer (business_id, member_id, id, lot_id, operation_id, at, debit, credit, points, reason)
  SELECT $1::bigint, member_id, operation_id, member_id, operation_id, at, 'issued', 'member', earned, 'earn' FROM purchases
  UNION ALL
  SELECT $1::bigint, member_id, operation_id - 4096, member_id, operation_id, at, 'member', 'redeemed', spent, 'spend'
  FROM purchases WHERE spent > 0)
SELECT count(*) AS made FROM purchases`;

/** The statement's parameters. */
export function parametersOf(g: Generation): unknown[] {
  const { names } = g;
  return [
    ...[g.businessId, g.from, g.to, g.begins, g.ends, g.locations, g.staff].map((value) =>
      Array.isArray(value) ? value.map(String) : typeof value === "bigint" ? String(value) : value,
    ),
    names.first,
    names.firstLatin,
    names.last,
    names.lastLatin,
  ];
}
