import { type Day, instantAt } from "../../kernel/time";
import type { Record as CsvRecord, Encoding, Separator } from "./csv/model";

export const KINDS = ["members", "balances", "purchases"] as const;
export type Kind = (typeof KINDS)[number];

export const STATES = [
  "uploading",
  "mapping",
  "checking",
  "checked",
  "failed",
  "posting",
  "stopped",
  "done",
  "undoing",
  "undone",
] as const;
export type State = (typeof STATES)[number];
/** Something is being done in the background. */
export const isBusy = (state: State): boolean =>
  state === "checking" || state === "posting" || state === "undoing";

/** What a column may hold. */
export const FIELDS = [
  "external",
  "phone",
  "email",
  "name",
  "lastName",
  "birthDate",
  "gender",
  "note",
  "joinedOn",
  "points",
  "date",
  "time",
  "total",
  "receipt",
  "item",
  "category",
  "quantity",
  "amount",
] as const;
export type Field = (typeof FIELDS)[number];

const WHO = ["external", "phone", "email", "name", "lastName"] as const;
/** The columns each kind of file can have, in the order people meet them. */
export const FIELDS_OF: Readonly<Record<Kind, readonly Field[]>> = {
  members: [...WHO, "birthDate", "gender", "note", "joinedOn", "points"],
  balances: [...WHO, "points"],
  purchases: [...WHO, "date", "time", "total", "receipt", "item", "category", "quantity", "amount"],
};

/** By which columns a customer is known. */
export const NAMING: readonly Field[] = ["external", "phone", "email"];

export const DAY_ORDERS = ["dmy", "mdy"] as const;
export type DayOrder = (typeof DAY_ORDERS)[number];

/** How a file is read: which column holds what, by its number. */
export type Mapping = {
  readonly columns: Readonly<Partial<Record<Field, number>>>;
  /** The business's own fields, by their numbers. */
  readonly fields?: Readonly<Record<string, number>> | undefined;
  readonly hasHeader: boolean;
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly dayOrder: DayOrder;
};

/** What a mapping still lacks before a file can be read: codes. */
export function lacking(kind: Kind, { columns }: Pick<Mapping, "columns">): string[] {
  const has = (field: Field) => columns[field] !== undefined;
  const lacks: string[] = [];
  if (!NAMING.some(has)) lacks.push("needs_customer");
  if (kind === "balances" && !has("points")) lacks.push("needs_points");
  if (kind === "purchases" && !has("date")) lacks.push("needs_date");
  if (kind === "purchases" && !has("total") && !has("amount")) lacks.push("needs_total");
  if (kind === "purchases" && has("amount") && !has("item")) lacks.push("needs_item");
  return lacks;
}

/** Some records of a file, and how far the reading is with them, 0 to 1. */
export type Batch = { readonly records: readonly CsvRecord[]; readonly share: number };

/** What is wrong with a cell. `own`: it is to fill a field of the business's own, by this name. */
export type Fault = { readonly code: string; readonly field: Field | null; readonly own?: string };

/** Whether a spreadsheet would run a cell. */
export const isFormula = (text: string): boolean => /^[=@]|^[+-](?![\d\s(.,])/.test(text);

/** What is being done: rows are dealt with, then whatever is counted from them. */
export const STEPS = ["rows", "days", "insights", "segments"] as const;
export type Step = (typeof STEPS)[number];

/** What was found in a file, and done with it. Sums in hundredths as text, counts as numbers. */
export type Report = {
  /** A workbook; everything else is text. */
  readonly format?: "xlsx";
  readonly encoding?: Encoding;
  readonly separator?: Separator;
  /** The first records of the file, for the mapping's screen. */
  readonly sample?: readonly (readonly string[])[];
  readonly preset?: string | null;
  readonly guess?: Mapping;
  /** Why the file cannot be read, and where. */
  readonly failed?: { readonly code: string; readonly line: number | null };
  readonly lines?: number;
  readonly rows?: number;
  readonly bad?: number;
  /** Of good rows: the sum of bills or of points. */
  readonly sum?: string;
  readonly firstAt?: string | null;
  readonly lastAt?: string | null;
  /** The last row that was dealt with. */
  readonly at?: number;
  /** How far the step under way is, 0 to 1. */
  readonly share?: number;
  readonly step?: Step;
  readonly done?: number;
  readonly same?: number;
  readonly newMembers?: number;
  /** Members of whom own fields were learned. */
  readonly filled?: number;
  readonly postedSum?: string;
  /** What the ledger, or the operations, say of the same. */
  readonly bookedSum?: string;
  /** Why taking it back was refused: what happened since, and to whom (some of them). */
  readonly blocked?: {
    readonly refunded: number;
    readonly spent: number;
    readonly members: readonly string[];
  };
  /** What cannot be taken back is left as it is. */
  readonly leaves?: boolean;
  readonly undone?: number;
  readonly kept?: number;
  readonly gone?: number;
};

/** One import as lists and its own page show it. */
export type Run = {
  readonly id: bigint;
  readonly kind: Kind;
  readonly fileName: string;
  readonly state: State;
  readonly bytes: bigint;
  readonly mapping: Mapping | null;
  readonly report: Report;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

/** So much of one file is taken. */
export const FILE_BYTES_MAX = 2_147_483_648;
export const PIECE_BYTES = 2_000_000;
export const ROWS_MAX = 10_000_000;

/** A day as people write it, or nothing. */
export function readDay(text: string, order: DayOrder): Day | undefined {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/.exec(text);
  if (slashed) return existing(Number(slashed[1]), Number(slashed[2]), Number(slashed[3]));
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  const year = Number(parts[4]) + (parts[4]?.length === 2 ? (Number(parts[4]) > 50 ? 1900 : 2000) : 0);
  // Dots are written day first everywhere.
  return order === "mdy" && parts[2] !== "." ? existing(year, first, second) : existing(year, second, first);
}

function existing(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}

const NOON = 720;

/**
 * A moment as people write it: a day with or without a time, or an instant with its offset. A day alone is its noon.
 * Time: in the business's zone where the text names none.
 */
export function readMoment(
  text: string,
  time: string,
  { dayOrder, zone }: { dayOrder: DayOrder; zone: string },
): Date | undefined {
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const at = new Date(text.replace(" ", "T"));
    return Number.isNaN(at.getTime()) ? undefined : at;
  }
  const [, day = "", rest = ""] = /^(\S+?)(?:[T,\s]\s*(.*))?$/.exec(text) ?? [];
  const found = readDay(day, dayOrder);
  const clock = rest || time;
  if (found === undefined) return undefined;
  if (clock === "") return instantAt(found, NOON, zone);
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?$/i.exec(clock);
  if (!parts) return undefined;
  const half = parts[4]?.toLowerCase();
  const hour = half ? (Number(parts[1]) % 12) + (half === "pm" ? 12 : 0) : Number(parts[1]);
  if (hour > 23 || Number(parts[2]) > 59 || Number(parts[3] ?? 0) > 59) return undefined;
  const minute = instantAt(found, hour * 60 + Number(parts[2]), zone);
  return new Date(minute.getTime() + Number(parts[3] ?? 0) * 1000);
}

/** What can be taken along as a file. */
export const EXPORTS = ["members", "purchases", "balances"] as const;
export type Export = (typeof EXPORTS)[number];
