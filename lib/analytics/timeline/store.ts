import "server-only";
import { callIn, type Tx } from "../../platform/db";
import {
  boundOf,
  type Details,
  idBound,
  type Place,
  type Reaction,
  SOURCES,
  type Source,
  type Stamped,
  type StepDone,
} from "./model";

/** A row of the merged stream; what it is made of beyond that is read afterwards, for the rows of one page. */
export type Row = {
  readonly source: Source;
  readonly rank: number;
  readonly ms: bigint;
  readonly id: bigint;
  readonly at: Date;
  readonly staff_id: bigint | null;
  readonly staff_name: string | null;
  readonly d: Details[Source];
};

/** What the audit trail has by the thousand, and other sources tell: the index `audit_member_change` leaves it out. */
const FREQUENT = ["purchase.record", "purchase.refund", "points.grant", "code.show", "code.exchange"];
/** Of the rest, what is about the member themself ... */
const NOUNS = ["member", "note", "household", "push", "consent"];
/** ... and told by no other source. */
const TOLD = ["member.enrol", "consent.say", "note.add", "note.edit"];
const list = (words: readonly string[]) => `ARRAY['${words.join("', '")}']`;

const NAME =
  "(SELECT coalesce(p.name, p.phone, p.email) FROM member_profile p WHERE p.business_id = $1::bigint AND p.member_id =";
const ms = (at: string) => `((extract(epoch FROM ${at}) * 1000)::bigint - 946684800000)`;
const mine = (table: string) => `${table}.business_id = $1::bigint AND ${table}.member_id = $2::bigint`;
const page = (id: string, bound: string) => `AND ${id} < ${bound}::bigint ORDER BY ${id} DESC LIMIT $3::int`;

/** Each source newest first, below its bound: `b` the number, `m` the millisecond where the number is not sortable by time. */
const SQL: Readonly<Record<Source, (b: string, m: string) => string>> = {
  joined: (
    b,
  ) => `SELECT m.id, m.created_at AS at, NULL::bigint AS staff_id, jsonb_build_object('by', m.source, 'inviterId', m.inviter_id,
      'inviter', ${NAME} m.inviter_id)) AS d
    FROM member m WHERE m.business_id = $1::bigint AND m.id = $2::bigint ${page("m.id", b)}`,
  operation: (b) => `SELECT o.id, o.at, o.staff_id, '{}'::jsonb AS d FROM operation o
    WHERE ${mine("o")} AND o.kind = ANY ($4::text[]) ${page("o.id", b)}`,
  expired: (
    b,
  ) => `SELECT t.id, t.at, NULL::bigint AS staff_id, jsonb_build_object('points', t.points, 'isBack', t.credit = 'member') AS d
    FROM transfer t WHERE ${mine("t")} AND t.operation_id IS NULL ${page("t.id", b)}`,
  reward: (
    b,
  ) => `SELECT e.id, e.given_at AS at, NULL::bigint AS staff_id, jsonb_build_object('name', e.name, 'by', e.source, 'uses', e.uses,
      'pricePoints', e.price_points, 'priceMinor', e.price_minor, 'withdrawnAt', e.withdrawn_at, 'operationId', e.operation_id,
      'comment', e.comment) AS d
    FROM entitlement e WHERE ${mine("e")} ${page("e.id", b)}`,
  use: (
    b,
  ) => `SELECT u.id, u.held_at AS at, u.staff_id, jsonb_build_object('name', e.name, 'state', u.state, 'operationId', u.operation_id,
      'location', (SELECT l.name FROM location l WHERE l.business_id = $1::bigint AND l.id = u.location_id)) AS d
    FROM entitlement e JOIN entitlement_use u ON u.business_id = e.business_id AND u.entitlement_id = e.id
    WHERE ${mine("e")} AND u.state IN ('confirmed', 'undone') ${page("u.id", b)}`,
  certificate: (
    b,
  ) => `SELECT c.id, c.at, NULL::bigint AS staff_id, jsonb_build_object('amountMinor', c.amount_minor, 'reason', c.reason,
      'operationId', c.operation_id) AS d
    FROM certificate t JOIN certificate_entry c ON c.business_id = t.business_id AND c.certificate_id = t.id
    WHERE ${mine("t")} ${page("c.id", b)}`,
  tier: (
    b,
  ) => `SELECT t.id, t.at, t.staff_id, jsonb_build_object('before', t.tier_before, 'after', t.tier_after, 'isUp', t.is_up,
      'reason', t.reason, 'until', t.until, 'comment', t.comment, 'operationId', t.operation_id) AS d
    FROM tier_change t WHERE ${mine("t")} ${page("t.id", b)}`,
  friend_joined: (b) => `SELECT r.member_id AS id, r.joined_at AS at, NULL::bigint AS staff_id,
      jsonb_build_object('friendId', r.member_id, 'friend', ${NAME} r.member_id), 'state', r.state) AS d
    FROM referral r WHERE r.business_id = $1::bigint AND r.inviter_id = $2::bigint ${page("r.member_id", b)}`,
  friend_bought: (b) => `SELECT r.effective_id AS id, r.bought_at AS at, NULL::bigint AS staff_id,
      jsonb_build_object('friendId', r.member_id, 'friend', ${NAME} r.member_id), 'points', r.points) AS d
    FROM referral r WHERE r.business_id = $1::bigint AND r.inviter_id = $2::bigint AND r.effective_id IS NOT NULL
      AND r.bought_at IS NOT NULL ${page("r.effective_id", b)}`,
  consent: (
    b,
  ) => `SELECT c.id, c.at, NULL::bigint AS staff_id, jsonb_build_object('purpose', c.purpose, 'channel', c.channel,
      'granted', c.granted, 'by', c.source) AS d
    FROM member_consent c WHERE ${mine("c")} ${page("c.id", b)}`,
  change: (b) => `SELECT a.id, a.at, CASE WHEN a.actor_kind = 'staff' THEN a.actor_id END AS staff_id,
      jsonb_build_object('action', a.action, 'actor', a.actor_kind) AS d
    FROM audit a WHERE a.business_id = $1::bigint AND a.subject_kind = 'member' AND a.subject_id = $2::bigint
      AND a.action <> ALL (${list(FREQUENT)}) AND split_part(a.action, '.', 1) = ANY (${list(NOUNS)})
      AND a.action <> ALL (${list(TOLD)}) ${page("a.id", b)}`,
  // Those they are in, and those they were in: each under a number of its own.
  segment: (
    b,
    m,
  ) => `SELECT x.id, x.at, NULL::bigint AS staff_id, jsonb_build_object('name', s.name, 'segmentId', s.id) AS d
    FROM (SELECT y.segment_id AS id, y.segment_id, y.entered_at AS at FROM segment_member y WHERE ${mine("y")}
      UNION ALL SELECT z.id, z.segment_id, z.entered_at FROM segment_stay z WHERE ${mine("z")}) x
    JOIN segment s ON s.business_id = $1::bigint AND s.id = x.segment_id AND s.archived_at IS NULL
    WHERE (${ms("x.at")}, x.id) < (${m}::bigint, ${b}::bigint) ORDER BY ${ms("x.at")} DESC, x.id DESC LIMIT $3::int`,
  segment_left: (
    b,
  ) => `SELECT x.id, x.left_at AS at, NULL::bigint AS staff_id, jsonb_build_object('name', s.name, 'segmentId', s.id,
      'enteredAt', x.entered_at) AS d
    FROM segment_stay x JOIN segment s ON s.business_id = x.business_id AND s.id = x.segment_id AND s.archived_at IS NULL
    WHERE ${mine("x")} ${page("x.id", b)}`,
  // Through the journeys, which are few: the runs' own index begins with them.
  journey: (
    b,
  ) => `SELECT r.id, r.entered_at AS at, NULL::bigint AS staff_id, jsonb_build_object('journeyId', j.id, 'name', j.name,
      'kind', j.kind, 'state', r.state, 'endedAt', r.ended_at) AS d
    FROM journey j CROSS JOIN LATERAL (SELECT * FROM journey_run r WHERE ${mine("r")} AND r.journey_id = j.id
      AND r.id < ${b}::bigint ORDER BY r.no DESC LIMIT $3::int) r
    WHERE j.business_id = $1::bigint ${page("r.id", b)}`,
  message: (
    b,
  ) => `SELECT m.id, m.created_at AS at, NULL::bigint AS staff_id, jsonb_build_object('title', coalesce(m.rendered->>'title',
      (SELECT t.name FROM template t WHERE t.business_id = m.business_id AND t.id = m.template_id)), 'kind', m.kind,
      'purpose', m.purpose, 'state', m.state, 'channel', m.channel, 'refusal', m.refusal, 'by', m.source_kind) AS d
    FROM message m WHERE ${mine("m")} ${page("m.id", b)}`,
  note: (
    b,
  ) => `SELECT n.id, n.created_at AS at, n.staff_id, jsonb_build_object('text', n.text, 'editedAt', n.edited_at) AS d
    FROM member_note n WHERE ${mine("n")} ${page("n.id", b)}`,
};

/** Sources whose numbers say nothing of time. */
const BY_MOMENT: readonly Source[] = ["segment"];

/** One page of the merged stream: at most `limit` rows of each source are read, whatever the member's history. */
export async function stream(
  tx: Tx,
  businessId: bigint,
  asked: {
    readonly memberId: bigint;
    readonly sources: readonly Source[];
    readonly operations: readonly string[];
    readonly place: Place | null;
    readonly limit: number;
  },
): Promise<Row[]> {
  const values: (bigint | number | readonly string[])[] = [businessId, asked.memberId, asked.limit];
  // A parameter nobody asks about has no type.
  if (asked.sources.includes("operation")) values.push(asked.operations);
  const next = (value: bigint) => `$${values.push(value)}`;
  const parts = asked.sources.map((source) => {
    const isByMoment = BY_MOMENT.includes(source);
    const bound = boundOf(source, asked.place);
    const b = next(isByMoment ? bound.id : idBound(source, asked.place));
    const m = isByMoment ? next(bound.ms) : "";
    return `(SELECT '${source}' AS source, ${SOURCES.indexOf(source)} AS rank, ${isByMoment ? ms("x.at") : "x.id >> 12"} AS ms, x.*
      FROM (${SQL[source](b, m)}) x)`;
  });
  if (parts.length === 0) return [];
  return await callIn<Row>(
    tx,
    `SELECT e.*, s.name AS staff_name FROM (
       SELECT * FROM (${parts.join(" UNION ALL ")}) u ORDER BY ms DESC, rank DESC, id DESC LIMIT $3::int) e
     LEFT JOIN staff s ON s.business_id = $1::bigint AND s.id = e.staff_id
     ORDER BY e.ms DESC, e.rank DESC, e.id DESC`,
    values,
  );
}

/** What became of some messages, in order. */
export async function reactions(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
): Promise<Map<bigint, Reaction[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.messageEvent.findMany({
    where: { businessId, messageId: { in: [...ids] } },
    select: { messageId: true, kind: true, channel: true, reason: true, at: true },
    orderBy: [{ messageId: "asc" }, { id: "asc" }],
  });
  return grouped(rows, ({ messageId }) => messageId);
}

/** What some walks through journeys did, in order. */
export async function stepsDone(
  tx: Tx,
  businessId: bigint,
  runs: readonly bigint[],
): Promise<Map<bigint, StepDone[]>> {
  if (runs.length === 0) return new Map();
  const rows = await tx.journeyEffect.findMany({
    where: { businessId, runId: { in: [...runs] } },
    select: { runId: true, kind: true, outcome: true, at: true },
    orderBy: [{ runId: "asc" }, { at: "asc" }, { step: "asc" }],
  });
  return grouped(rows, ({ runId }) => runId);
}

/** The stamps some operations brought. */
export async function stamped(
  tx: Tx,
  businessId: bigint,
  operations: readonly bigint[],
): Promise<Map<bigint, Stamped[]>> {
  if (operations.length === 0) return new Map();
  const rows = await callIn<{ operation_id: bigint; name: string; stamps: number; undone: number }>(
    tx,
    `SELECT e.operation_id, p.name, e.stamps, e.taken AS undone FROM stamp_entry e
     JOIN stamp_programme p ON p.business_id = e.business_id AND p.id = e.programme_id
     WHERE e.business_id = $1::bigint AND e.operation_id = ANY ($2::bigint[]) ORDER BY e.operation_id, p.id`,
    [businessId, operations],
  );
  return grouped(rows, ({ operation_id }) => operation_id);
}

const grouped = <T>(rows: readonly T[], key: (row: T) => bigint): Map<bigint, T[]> => Map.groupBy(rows, key);
