/** One SQL statement as it grows: its parameters, and the tables and derived tables its condition needs. */
import { addDays, type Day, startOfDay } from "../../kernel/time";
import { type Moment, momentOf } from "../calendar/model";
import { JOINS, type Join } from "../fields/model";

export type Value =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly (string | bigint | Date | null)[];

/** Who is asked about: everybody, some members, or those whose ids follow one, up to another or to the last. */
export type Whom =
  | "all"
  | { readonly ids: readonly number[] }
  | { readonly after: bigint; readonly to: bigint | null };

/** An aggregate over the events of one source that pass a condition. */
type Column = { readonly sql: string; readonly condition: string; readonly since: number | null };
type Source = { readonly from: string; readonly where: string; readonly columns: Column[] };

export class Statement {
  readonly moment: Moment;
  /** Restricts a table with a member_id to who is asked about. */
  readonly only: (column: string) => string;
  readonly #values: Value[];
  readonly #known = new Map<string, string>();
  readonly #joins = new Set<Join>();
  readonly #derived = new Map<string, string>();
  readonly #sources = new Map<string, Source>();

  constructor(businessId: bigint, at: Date, zone: string, whom: Whom) {
    this.moment = momentOf(at.getTime(), zone);
    this.#values = [businessId];
    this.only = this.#among(whom);
  }

  get values(): readonly Value[] {
    return this.#values;
  }

  /** A parameter; the same value of the same type is given once. */
  parameter(value: Value, type: string): string {
    const key = `${type} ${value instanceof Date ? value.toISOString() : JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? one.toString() : one))}`;
    const known = this.#known.get(key);
    if (known) return known;
    this.#values.push(value);
    const text = `$${this.#values.length}::${type}`;
    this.#known.set(key, text);
    return text;
  }

  list(values: readonly (string | number)[], type: "bigint" | "int" | "text"): string {
    return this.parameter(values.map(String), `${type}[]`);
  }

  instant(ms: number): string {
    return this.parameter(new Date(ms), "timestamptz");
  }

  /** A number as the tree has it: whole ones compare as bigint, others as float8. */
  number(value: number): string {
    return Number.isSafeInteger(value)
      ? this.parameter(BigInt(value), "bigint")
      : this.parameter(value, "float8");
  }

  day(day: Day): string {
    return this.parameter(day, "date");
  }

  get zone(): string {
    return this.parameter(this.moment.zone, "text");
  }
  get now(): string {
    return this.instant(this.moment.at);
  }
  get tomorrow(): string {
    return this.instant(this.startOf(addDays(this.moment.today, 1)));
  }

  startOf(day: Day): number {
    return startOfDay(day, this.moment.zone).getTime();
  }

  join(join: Join): void {
    if (join !== "s") this.#joins.add(join);
  }

  #among(whom: Whom): (column: string) => string {
    if (whom === "all") return () => "";
    if ("ids" in whom) {
      const ids = this.list(whom.ids, "bigint");
      return (column) => ` AND ${column} = ANY(${ids})`;
    }
    const after = this.parameter(whom.after, "bigint");
    const to = whom.to === null ? null : this.parameter(whom.to, "bigint");
    return (column) => ` AND ${column} > ${after}${to === null ? "" : ` AND ${column} <= ${to}`}`;
  }

  /** A table of one row at most for a member, joined by it; answers its alias. */
  derive(sql: string): string {
    const alias = this.#derived.get(sql) ?? `d${this.#derived.size + 1}`;
    this.#derived.set(sql, alias);
    return alias;
  }

  /** An aggregate of events, in one pass with all others over the same source; answers its column. */
  column(key: string, source: Omit<Source, "columns">, column: Column): string {
    const known = this.#sources.get(key) ?? { ...source, columns: [] };
    this.#sources.set(key, known);
    let index = known.columns.findIndex(
      (one) => one.sql === column.sql && one.condition === column.condition,
    );
    if (index < 0) index = known.columns.push(column) - 1;
    return `e${Array.from(this.#sources.keys()).indexOf(key) + 1}.c${index + 1}`;
  }

  /** Everything after FROM, up to the condition. */
  from(): string {
    const joins = [...this.#joins].map((join) => JOINS[join]);
    const derived = Array.from(this.#derived, ([sql, alias]) => ({ sql, alias }));
    const sources = Array.from(this.#sources.values(), (source, index) => ({
      sql: this.#sourceSql(source),
      alias: `e${index + 1}`,
    }));
    const tables = [...derived, ...sources].map(
      ({ sql, alias }) => `LEFT JOIN (${sql}) ${alias} ON ${alias}.member_id = s.member_id`,
    );
    return ["member_stats s", ...joins, ...tables].join("\n  ");
  }

  #sourceSql({ from, where, columns }: Source): string {
    const [first] = columns;
    const isOne = columns.every((one) => one.condition === first?.condition);
    const selected = columns.map((one, index) => {
      const filter = isOne || one.condition === "true" ? "" : ` FILTER (WHERE ${one.condition})`;
      return `${one.sql}${filter} AS c${index + 1}`;
    });
    const sinces = columns.map((one) => one.since);
    const bound = sinces.includes(null) ? null : Math.min(...sinces.map(Number));
    // An operation's id is a moment, its own or a later one: a range of the primary key holds all that can matter.
    const range = bound === null ? "" : ` AND o.id >= ${this.firstId(bound)}`;
    const only = isOne && first && first.condition !== "true" ? ` AND ${first.condition}` : "";
    return `SELECT o.member_id, ${selected.join(", ")} FROM ${from}
    WHERE o.business_id = $1::bigint AND ${where}${range}${only}${this.only("o.member_id")} GROUP BY o.member_id`;
  }

  firstId(ms: number): string {
    return this.parameter(ms > FIRST_ID_MS ? BigInt(ms - FIRST_ID_MS) << 12n : 0n, "bigint");
  }
}

const FIRST_ID_MS = 946_684_800_000;
