/** Leaves about what members did, as columns of one pass over each source of events. */
import { type Reach, reachOf } from "../calendar/model";
import { type EventKind, eventOf } from "../events/model";
import type { EventLeaf, EventQuery, Filter, Measure, SequenceLeaf, Window } from "../rule/model";
import type { Statement } from "./statement";
import { daySql, leavesSql, numberSql, type Sql } from "./tests";

const NOBODY: Sql = { is: "false", next: null };

const PROPS: Readonly<Record<string, { sql: (zone: string) => string; type: "bigint" | "int" | "text" }>> = {
  item: { sql: () => "l.item_id", type: "bigint" },
  category: { sql: () => "t.category", type: "text" },
  location: { sql: () => "o.location_id", type: "bigint" },
  staff: { sql: () => "o.staff_id", type: "bigint" },
  source: { sql: () => "o.source", type: "text" },
  weekday: { sql: (zone) => `extract(isodow FROM o.at AT TIME ZONE ${zone})::int`, type: "int" },
  hour: { sql: (zone) => `extract(hour FROM o.at AT TIME ZONE ${zone})::int`, type: "int" },
  day: { sql: (zone) => `(o.at AT TIME ZONE ${zone})::date`, type: "text" },
};
const NOTHING = { sql: () => "NULL", type: "text" } as const;

const LINE_OF_BILL = `SELECT FROM operation_line l LEFT JOIN item t ON t.business_id = l.business_id AND t.id = l.item_id
      WHERE l.business_id = o.business_id AND l.operation_id = o.id`;

const isOfLines = (filter: Filter, event: EventKind) =>
  event.quantity === null && (filter.prop === "item" || filter.prop === "category");

function filterSql(to: Statement, filter: Filter, event: EventKind): string {
  if ("test" in filter)
    return numberSql(to, filter.test, filter.prop === "amount" ? event.amount : (event.quantity ?? "NULL"));
  const { sql, type } = PROPS[filter.prop] ?? NOTHING;
  const is = `${sql(to.zone)} = ANY(${to.list(filter.values, type)})`;
  if (!isOfLines(filter, event)) return filter.op === "in" ? is : `(${is}) IS NOT TRUE`;
  return `${filter.op === "in" ? "" : "NOT "}EXISTS (${LINE_OF_BILL} AND ${is})`;
}

const and = (conditions: readonly string[]) => (conditions.length === 0 ? "true" : conditions.join(" AND "));

const reachSql = (to: Statement, { from, until }: Reach): string[] => [
  ...(from === null ? [] : [`o.at >= ${to.instant(from)}`]),
  ...(until === null ? [] : [`o.at < ${to.instant(until)}`]),
];

/** Aggregates of the events a leaf is about. */
class Events {
  readonly #to: Statement;
  readonly #source: { readonly from: string; readonly where: string };
  readonly #fits: readonly string[];
  readonly #key: string;

  constructor(to: Statement, event: EventKind, where: readonly Filter[]) {
    this.#to = to;
    const fits = where.map((filter) => filterSql(to, filter, event));
    // Looking at the lines of every bill is a join of its own, not a filter within the common pass.
    const isApart = where.some((filter) => isOfLines(filter, event));
    const { id, from } = event;
    this.#source = { from, where: isApart ? and([event.where, ...fits]) : event.where };
    this.#fits = isApart ? [] : fits;
    this.#key = isApart ? `${id} ${and(fits)}` : id;
  }

  of(sql: string, reach: Reach): string {
    const condition = and([...reachSql(this.#to, reach), ...this.#fits]);
    return this.#to.column(this.#key, this.#source, { sql, condition, since: reach.from });
  }
}

/** What stats of the member already answer: bills as such, ever, or since a moment. */
function fromStats(to: Statement, leaf: EventLeaf): Sql | undefined {
  const { window, measure } = leaf;
  if (leaf.event !== "purchase" || leaf.where.length > 0) return undefined;
  const { from, until } = reachOf(window, to.moment);
  if (from === null && until === null) {
    if (measure.of === "did") return { is: "s.visits > 0", next: null };
    if (measure.of === "did_not") return { is: "s.visits = 0", next: null };
    if (measure.of === "count") return { is: numberSql(to, measure.test, "s.visits"), next: null };
    if (measure.of === "first" || measure.of === "last")
      return daySql(to, measure.test, measure.of === "first" ? "s.first_at" : "s.last_at", true);
    return undefined;
  }
  if (measure.of !== "did" && measure.of !== "did_not") return undefined;
  if (from !== null && until !== null) return undefined;
  const is = from === null ? `s.first_at < ${to.instant(until ?? 0)}` : `s.last_at >= ${to.instant(from)}`;
  const next =
    window.in === "last"
      ? `CASE WHEN ${is} THEN ${leavesSql(to, "s.last_at", window.n, window.unit)} END`
      : window.in === "before"
        ? `CASE WHEN NOT (${is}) THEN ${leavesSql(to, "s.first_at", window.n, window.unit)} END`
        : null;
  return { is: measure.of === "did" ? is : `(${is}) IS NOT TRUE`, next };
}

export function eventSql(to: Statement, leaf: EventLeaf, wantsNext: boolean): Sql {
  const event = eventOf(leaf.event);
  if (!event) return NOBODY;
  const quick = fromStats(to, leaf);
  if (quick) return quick;
  const events = new Events(to, event, leaf.where);
  const everything = new Events(to, event, []);
  const reach = reachOf(leaf.window, to.moment);
  const asked = measureSql(to, leaf.measure, event, {
    own: (sql) => events.of(sql, reach),
    all: (sql) => everything.of(sql, reach),
  });
  if (!wantsNext) return asked;
  const sliding = leaf.measure.of === "share" ? everything : events;
  return { is: asked.is, next: earliest([asked.next, ...slides(to, leaf.window, sliding)]) };
}

type Columns = { readonly own: (sql: string) => string; readonly all: (sql: string) => string };

function measureSql(to: Statement, measure: Measure, event: EventKind, columns: Columns): Sql {
  const count = () => `coalesce(${columns.own("count(*)")}, 0)`;
  const plain = (is: string): Sql => ({ is, next: null });
  const amount = "prop" in measure && measure.prop === "quantity" ? (event.quantity ?? "NULL") : event.amount;
  switch (measure.of) {
    case "did":
      return plain(`${count()} > 0`);
    case "did_not":
      return plain(`${count()} = 0`);
    case "count":
      return plain(numberSql(to, measure.test, count()));
    case "share": {
      const all = columns.all("count(*)");
      return plain(`(${all} > 0 AND ${numberSql(to, measure.test, `${count()} * 100`, all)})`);
    }
    case "sum":
      return plain(numberSql(to, measure.test, `coalesce(${columns.own(`sum(${amount})`)}, 0)`));
    case "average":
      return plain(numberSql(to, measure.test, columns.own(`sum(${amount})`), columns.own("count(*)")));
    case "min":
    case "max":
      return plain(numberSql(to, measure.test, columns.own(`${measure.of}(${amount})`)));
    case "distinct": {
      const value = (PROPS[measure.prop] ?? NOTHING).sql(to.zone);
      return plain(numberSql(to, measure.test, `coalesce(${columns.own(`count(DISTINCT ${value})`)}, 0)`));
    }
    case "first":
    case "last":
      return daySql(to, measure.test, columns.own(measure.of === "first" ? "min(o.at)" : "max(o.at)"), true);
  }
}

/** When the first of the events that matter enters or leaves a window. */
function slides(to: Statement, window: Window, events: Events): string[] {
  const reach = reachOf(window, to.moment);
  const entering = (n: number, unit: Extract<Window, { in: "ago" }>["unit"]) =>
    leavesSql(to, events.of("min(o.at)", { from: reach.until, until: null }), n, unit);
  switch (window.in) {
    case "last":
      return [leavesSql(to, events.of("min(o.at)", reach), window.n, window.unit)];
    case "before":
      return [entering(window.n, window.unit)];
    case "ago":
      return [
        entering(window.from, window.unit),
        leavesSql(to, events.of("min(o.at)", reach), window.to, window.unit),
      ];
    case "ever":
    case "dates":
      return [];
  }
}

export function earliest(candidates: readonly (string | null)[]): string | null {
  const known = candidates.filter((one) => one !== null);
  return known.length > 1 ? `least(${known.join(", ")})` : (known[0] ?? null);
}

/** Bills or lines of one kind that pass filters. */
type Picked = { readonly from: string; readonly is: string; readonly range: string };

function picked(to: Statement, query: EventQuery, reach: Reach): Picked | undefined {
  const event = eventOf(query.event);
  if (!event) return undefined;
  const fits = query.where.map((filter) => filterSql(to, filter, event));
  const range = reach.from === null ? "" : ` AND o.id >= ${to.firstId(reach.from)}`;
  return { from: event.from, is: and([event.where, ...reachSql(to, reach), ...fits]), range };
}

const tableSql = (to: Statement, columns: string, { from, range }: Picked, is: string) =>
  `SELECT o.member_id, o.at${columns} FROM ${from} WHERE o.business_id = $1::bigint${range} AND (${is})${to.only("o.member_id")}`;

/** Every event of either kind with the moment of the first one after it that is of the second: one walk through each member's, backwards. */
function followedSql(to: Statement, first: Picked, next: Picked): string {
  const isOne = first.from === next.from;
  const events = isOne
    ? tableSql(to, `, (${first.is}) AS a, (${next.is}) AS b`, first, `${first.is} OR ${next.is}`)
    : `${tableSql(to, ", true AS a, false AS b", first, first.is)} UNION ALL ${tableSql(to, ", false, true", next, next.is)}`;
  return `SELECT e.member_id, e.at, e.a, min(e.at) FILTER (WHERE e.b) OVER (PARTITION BY e.member_id ORDER BY e.at DESC
      GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS next_at FROM (${events}) e`;
}

export function sequenceSql(to: Statement, leaf: SequenceLeaf, wantsNext: boolean): Sql {
  const reach = reachOf(leaf.window, to.moment);
  const first = picked(to, leaf.first, reach);
  const next = picked(to, leaf.next, { from: reach.from, until: null });
  if (first === undefined || next === undefined) return NOBODY;
  const over = (at: string) =>
    `(((${at} AT TIME ZONE ${to.zone})::date + ${to.parameter(leaf.days + 1, "int")})::timestamp AT TIME ZONE ${to.zone})`;
  const holds =
    leaf.op === "then"
      ? `f.next_at < ${over("f.at")}`
      : `${over("f.at")} <= ${to.now} AND (f.next_at < ${over("f.at")}) IS NOT TRUE`;
  const hit = to.derive(
    `SELECT DISTINCT f.member_id FROM (${followedSql(to, first, next)}) f WHERE f.a AND ${holds}`,
  );
  const is = `${hit}.member_id IS NOT NULL`;
  if (!wantsNext) return { is, next: null };
  const source = eventOf(leaf.first.event);
  if (!source) return NOBODY;
  const events = new Events(to, source, leaf.first.where);
  const waiting = `min(${over("o.at")}) FILTER (WHERE ${over("o.at")} > ${to.now})`;
  const deadline =
    leaf.op === "then"
      ? []
      : [
          `${to.derive(
            `SELECT o.member_id, ${waiting} AS at FROM (${tableSql(to, "", first, first.is)}) o GROUP BY 1`,
          )}.at`,
        ];
  return { is, next: earliest([...slides(to, leaf.window, events), ...deadline]) };
}
