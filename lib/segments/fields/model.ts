/**
 * What rules can ask about. A module above brings a field by one line here: its kind, where it is read in SQL, and which news
 * changes it. The compiler, the evaluator, the sentence and the builder all read this list.
 */
/** Tables joined only where a rule needs them; `s` (member_stats) is always there. Each has one row at most for a member. */
export const JOINS = {
  s: "",
  m: "JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id",
  p: "LEFT JOIN member_profile p ON p.business_id = s.business_id AND p.member_id = s.member_id",
  i: "LEFT JOIN member_insight i ON i.business_id = s.business_id AND i.member_id = s.member_id",
  c: "LEFT JOIN member_fields c ON c.business_id = s.business_id AND c.member_id = s.member_id",
  h: "LEFT JOIN household_member h ON h.business_id = s.business_id AND h.member_id = s.member_id",
} as const;
export type Join = keyof typeof JOINS;

/** What news is about; a segment is decided again only for news about what its rule asks. */
export const TOPICS = [
  "purchases",
  "points",
  "profile",
  "tags",
  "tier",
  "referrals",
  "consent",
  "insight",
  "household",
] as const;
export type Topic = (typeof TOPICS)[number];

export type FieldKind = "text" | "number" | "day" | "choice" | "set" | "flag";
/** How a number is written: `money` and `points` are hundredths, `share` is percent, `any` may be below zero and have decimals. */
export type NumberUnit = "any" | "count" | "money" | "points" | "years" | "share" | "days" | "score";
export const FIELD_GROUPS = ["person", "standing", "visits", "friends", "insight"] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

export type Field = {
  readonly id: string;
  readonly kind: FieldKind;
  readonly group: FieldGroup;
  readonly join: Join;
  /** The value in SQL; of a set, a query of (member_id, value) instead. */
  readonly sql: string;
  readonly topic: Topic;
  readonly unit?: NumberUnit;
  /** A day kept as an instant: its calendar day is taken in the business's zone. */
  readonly isInstant?: true;
  /** The number is whole years since the day in `sql`. */
  readonly isYearsSince?: true;
  /** What may be chosen, where the list is fixed; else the business's own tiers, tags ... */
  readonly choices?: readonly string[];
};

const person = { group: "person", topic: "profile" } as const;
const standing = { group: "standing", join: "s" } as const;
const visits = { group: "visits", join: "s", topic: "purchases" } as const;
const household = { group: "person", join: "h", topic: "household" } as const;
const friends = { group: "friends", topic: "referrals" } as const;
const insight = { group: "insight", join: "i", topic: "insight" } as const;

/** In the quotes the architecture test does not take for an import. */
export const IMPORTED = `import`;

export const RFM_CELLS = [
  "champions",
  "loyal",
  "promising",
  "new",
  "attention",
  "at_risk",
  "cant_lose",
  "hibernating",
  "lost",
] as const;
export const CONSENT_CHANNELS = ["push", "email", "sms", "telegram"] as const;

/** The latest word of each member on each purpose and channel. */
const CONSENTS = `SELECT member_id, purpose || '.' || channel AS value FROM (
    SELECT DISTINCT ON (member_id, purpose, channel) member_id, purpose, channel, granted FROM member_consent
    WHERE business_id = $1::bigint ORDER BY member_id, purpose, channel, id DESC) said WHERE granted`;

/** Of everybody in the member's household together; who has none is not asked about others. */
const together = (
  sum: string,
) => `CASE WHEN h.household_id IS NOT NULL THEN (SELECT ${sum} FROM household_member r
      JOIN member_stats t ON t.business_id = r.business_id AND t.member_id = r.member_id
      WHERE r.business_id = h.business_id AND r.household_id = h.household_id) END`;

export const FIELDS: readonly Field[] = [
  { id: "name", kind: "text", join: "p", sql: "p.name", ...person },
  { id: "email", kind: "text", join: "p", sql: "p.email", ...person },
  { id: "phone", kind: "text", join: "p", sql: "p.phone", ...person },
  { id: "gender", kind: "choice", join: "p", sql: "p.gender", choices: ["female", "male"], ...person },
  { id: "birthday", kind: "day", join: "p", sql: "p.birth_date", ...person },
  { id: "age", kind: "number", join: "p", sql: "p.birth_date", unit: "years", isYearsSince: true, ...person },
  { id: "joined", kind: "day", join: "m", sql: "m.created_at", isInstant: true, ...person },
  {
    id: "source",
    kind: "choice",
    join: "m",
    sql: "m.source",
    choices: ["join", "desk", "till", IMPORTED],
    ...person,
  },
  { id: "household_size", kind: "number", sql: together("count(*)"), unit: "count", ...household },
  {
    id: "household_spent",
    kind: "number",
    sql: together("sum(t.cash_spent_minor)"),
    unit: "money",
    ...household,
  },
  { id: "household_last", kind: "day", sql: together("max(t.last_at)"), isInstant: true, ...household },
  { id: "has_card", kind: "flag", join: "m", sql: "m.person_id IS NOT NULL", ...person },
  { id: "blocked", kind: "flag", join: "m", sql: "m.blocked_at IS NOT NULL", ...person },
  {
    id: "consent",
    kind: "set",
    join: "s",
    sql: CONSENTS,
    group: "person",
    topic: "consent",
    choices: CONSENT_CHANNELS.map((channel) => `marketing.${channel}`),
  },
  { id: "tier", kind: "choice", sql: "s.tier_id", topic: "tier", ...standing },
  {
    id: "tags",
    kind: "set",
    sql: "SELECT member_id, tag_id AS value FROM member_tag WHERE business_id = $1::bigint",
    topic: "tags",
    ...standing,
  },
  { id: "points", kind: "number", sql: "s.points", unit: "points", topic: "points", ...standing },
  { id: "visits", kind: "number", sql: "s.visits", unit: "count", ...visits },
  { id: "spent", kind: "number", sql: "s.cash_spent_minor", unit: "money", ...visits },
  { id: "saved", kind: "number", sql: "s.saved_minor", unit: "money", ...visits },
  {
    id: "usual_bill",
    kind: "number",
    sql: "s.cash_spent_minor / nullif(s.visits, 0)",
    unit: "money",
    ...visits,
  },
  { id: "full_refunds", kind: "number", sql: "s.full_refunds", unit: "count", ...visits },
  { id: "first_visit", kind: "day", sql: "s.first_at", isInstant: true, ...visits },
  { id: "last_visit", kind: "day", sql: "s.last_at", isInstant: true, ...visits },
  { id: "was_invited", kind: "flag", join: "m", sql: "m.inviter_id IS NOT NULL", ...friends },
  { id: "invited", kind: "number", join: "s", sql: "s.invited_count", unit: "count", ...friends },
  {
    id: "invited_bought",
    kind: "number",
    join: "s",
    sql: "s.effective_invited_count",
    unit: "count",
    ...friends,
  },
  { id: "rfm", kind: "choice", sql: "i.rfm_cell", choices: RFM_CELLS, ...insight },
  { id: "recency", kind: "number", sql: "i.recency_score", unit: "score", ...insight },
  { id: "frequency", kind: "number", sql: "i.frequency_score", unit: "score", ...insight },
  { id: "monetary", kind: "number", sql: "i.monetary_score", unit: "score", ...insight },
  { id: "gap", kind: "number", sql: "i.gap_days", unit: "days", ...insight },
  { id: "due", kind: "day", sql: "i.due_on", ...insight },
  { id: "alive", kind: "number", sql: "i.p_alive * 100", unit: "share", ...insight },
  { id: "expected_visits", kind: "number", sql: "i.expected_90", unit: "count", ...insight },
  { id: "value_year", kind: "number", sql: "i.value_365_minor", unit: "money", ...insight },
];

const byId = new Map(FIELDS.map((field) => [field.id, field]));

/** A field the business made for itself, as rules name it: its kind and number. */
const OWN = /^own_(text|number|day|flag|choice)_([1-9]\d{0,15})$/;
const CASTS = { text: "", choice: "", number: "::float8", day: "::date", flag: "::boolean" } as const;

/** What rules call a custom field. `key`: the name it is kept under. */
export const ownFieldId = (key: string): string => `own_${key}`;

/** The kind is part of the key a value is kept under, so that a cast never meets a value of another kind. */
function ownField(id: string): Field | undefined {
  const kind = OWN.exec(id)?.[1];
  if (kind === undefined || !(kind in CASTS)) return undefined;
  const known = kind as keyof typeof CASTS;
  const sql = `(c.fields->>'${id.slice(4)}')${CASTS[known]}`;
  return { id, kind: known, join: "c", sql, ...(known === "number" && { unit: "any" }), ...person };
}

export const fieldOf = (id: string): Field | undefined => byId.get(id) ?? ownField(id);
