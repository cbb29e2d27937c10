import { AMOUNT_MAX } from "../../../kernel/money";
import { normalizePhone } from "../../../kernel/phone";
import { dayOf } from "../../../kernel/time";
import { type CustomValue, customKey } from "../../../members/model";
import type { Record as CsvRecord } from "../csv/model";
import {
  type Fault,
  type Field,
  isFormula,
  type Kind,
  type Mapping,
  NAMING,
  readDay,
  readMoment,
} from "../model";
import { type OwnColumn, readOwn } from "../own/model";

/** What a row needs to know of the business it comes to. */
export type Home = {
  readonly zone: string;
  readonly locale: string;
  readonly now: Date;
  /** Hundredths of an amount as people write it. */
  readonly readAmount: (text: string) => bigint | null;
  /** The business's own fields that the file fills. */
  readonly own: readonly OwnColumn[];
};

type Line = { name: string; quantity: number; amountMinor: number; category: string | null };

/** One thing of a file as read; `key` is empty where a row has faults. Amounts in hundredths as text. */
export type Row = {
  line: number;
  key: string;
  external: string | null;
  phone: string | null;
  email: string | null;
  name: string | null;
  birthDate: string | null;
  gender: "male" | "female" | null;
  note: string | null;
  at: Date | null;
  /** The moment as the file writes it. */
  written: string;
  points: bigint | null;
  totalMinor: bigint | null;
  receipt: string | null;
  lines: Line[] | null;
  /** Own fields, under the names they are kept by. */
  fields: Record<string, CustomValue> | null;
  faults: Fault[];
  raw: string[];
};

const TEXT_MAX: Readonly<Partial<Record<Field, number>>> = {
  note: 2_000,
  name: 120,
  lastName: 120,
  item: 200,
};
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MALE = /^(m|male|man|м|муж|мужской|мужчина|ч|чол|чоловіча|чоловік)\.?$/i;
const FEMALE = /^(f|female|woman|ж|жен|женский|женщина|жін|жіноча|жінка)\.?$/i;
const FIRST = new Date("1970-01-02T00:00:00Z");

/** Reads one record: what it says, and everything that is wrong with it. */
export function readRow(kind: Kind, mapping: Mapping, home: Home, { line, cells }: CsvRecord): Row {
  const faults: Fault[] = [];
  const bad = (code: string, field: Field | null) => {
    faults.push({ code, field });
    return null;
  };
  const cell = (field: Field): string => {
    const at = mapping.columns[field];
    return at === undefined ? "" : (cells[at] ?? "");
  };
  const text = (field: Field): string | null => {
    const value = cell(field);
    if (value === "") return null;
    if (isFormula(value)) return bad("formula", field);
    return value.length > (TEXT_MAX[field] ?? 100) ? bad("too_long", field) : value;
  };
  const amount = (field: Field): bigint | null => {
    const value = cell(field)
      .replace(/[₽₴$€£]|грн\.?|руб\.?|р\.|uah|usd|eur/gi, "")
      .trim();
    if (value === "") return null;
    const read = home.readAmount(value);
    if (read === null) return bad("amount", field);
    return read < 0n || read > AMOUNT_MAX ? bad("amount_range", field) : read;
  };
  const moment = (field: Field, time: string): Date | null => {
    const value = cell(field);
    if (value === "") return null;
    const at = readMoment(value, time, { dayOrder: mapping.dayOrder, zone: home.zone });
    if (!at) return bad("date", field);
    // A day alone stands for its noon: today counts as past in the morning, too.
    if (dayOf(at, home.zone) === dayOf(home.now, home.zone) && at > home.now) return home.now;
    return at > home.now || at < FIRST ? bad("date_range", field) : at;
  };
  const phone =
    cell("phone") === "" ? null : (normalizePhone(cell("phone"), home.locale) ?? bad("phone", "phone"));
  const email = cell("email") === "" ? null : cell("email").toLowerCase();
  if (email !== null && !EMAIL.test(email)) bad("email", "email");
  const name = [text("name"), text("lastName")].filter(Boolean).join(" ").slice(0, 120) || null;
  const row: Row = {
    line,
    key: "",
    external: text("external"),
    phone,
    email,
    name,
    birthDate: null,
    gender: null,
    note: null,
    at: null,
    written: `${cell("date")} ${cell("time")}`,
    points: null,
    totalMinor: null,
    receipt: null,
    lines: null,
    fields: null,
    faults,
    raw: cells,
  };
  if (NAMING.every((field) => cell(field) === "")) bad("no_customer", null);
  if (kind === "purchases") {
    row.at = moment("date", cell("time"));
    if (cell("date") === "") bad("required", "date");
    row.receipt = text("receipt");
    const item = text("item");
    const price = amount("amount");
    const total = amount("total");
    row.totalMinor = total ?? price;
    if (row.totalMinor === null && !faults.some(({ code }) => code.startsWith("amount")))
      bad("required", "total");
    if (item !== null)
      row.lines = [lineOf(item, cell("quantity"), price ?? total ?? 0n, text("category"), bad)];
    return row;
  }
  row.points = amount("points");
  if (kind === "balances" && cell("points") === "") bad("required", "points");
  if (kind === "balances") return row;
  const birth = cell("birthDate");
  if (birth !== "") {
    const day = readDay(birth.split(/[ T]/)[0] ?? "", mapping.dayOrder);
    row.birthDate = day !== undefined && day <= dayOf(home.now, home.zone) ? day : bad("date", "birthDate");
  }
  row.gender = MALE.test(cell("gender")) ? "male" : FEMALE.test(cell("gender")) ? "female" : null;
  row.note = text("note");
  row.at = moment("joinedOn", "");
  row.fields = ownOf(mapping, home, cells, faults);
  return row;
}

/** What a row says of the business's own fields; nothing when all their cells are empty. */
function ownOf(
  { dayOrder }: Mapping,
  { own, readAmount }: Home,
  cells: readonly string[],
  faults: Fault[],
): Row["fields"] {
  const fields: Record<string, CustomValue> = {};
  for (const { field, at } of own) {
    const text = cells[at] ?? "";
    if (text === "") continue;
    const read = readOwn(field, text, { dayOrder, readAmount });
    if ("code" in read) faults.push({ code: read.code, field: null, own: field.name });
    else fields[customKey(field)] = read.value;
  }
  return Object.keys(fields).length === 0 ? null : fields;
}

function lineOf(
  name: string,
  quantity: string,
  amountMinor: bigint,
  category: string | null,
  bad: (code: string, field: Field) => null,
): Line {
  const count = quantity === "" ? 1 : Number(quantity.replace(",", "."));
  if (!Number.isFinite(count) || count <= 0 || count > 1_000_000) bad("quantity", "quantity");
  return { name, quantity: Math.max(1, Math.round(count) || 1), amountMinor: Number(amountMinor), category };
}

const LINES_MAX = 500;

/**
 * Puts the lines of one bill together: those that follow each other with one receipt number, customer and day.
 * Shape: bills with a total of their own keep it, others cost what their lines cost together.
 */
export function* joined(
  rows: Iterable<Row>,
  hasTotal: boolean,
  zone: string,
  held: { row: Row | null },
): Generator<Row> {
  for (const row of rows) {
    const last = held.row;
    if (last !== null && belongs(last, row, zone)) {
      last.lines = [...(last.lines ?? []), ...(row.lines ?? [])];
      if (!hasTotal) last.totalMinor = (last.totalMinor ?? 0n) + (row.totalMinor ?? 0n);
      last.faults.push(...row.faults);
      if (last.lines.length > LINES_MAX) last.faults.push({ code: "too_many_lines", field: "item" });
      continue;
    }
    if (last !== null) yield last;
    held.row = row;
  }
}

function belongs(last: Row, row: Row, zone: string): boolean {
  return (
    last.receipt !== null &&
    last.receipt === row.receipt &&
    whoIs(last) === whoIs(row) &&
    last.at !== null &&
    row.at !== null &&
    dayOf(last.at, zone) === dayOf(row.at, zone) &&
    (last.lines?.length ?? 0) <= LINES_MAX
  );
}

const whoIs = ({ external, phone, email }: Row) => JSON.stringify([external, phone, email]);

/** What names a row in every reading of the same file. */
export function naming(kind: Kind, row: Row, zone: string): string {
  if (kind !== "purchases") return whoIs(row);
  const day = row.at === null ? "" : dayOf(row.at, zone);
  return row.receipt === null
    ? JSON.stringify([whoIs(row), row.written, String(row.totalMinor), row.lines])
    : JSON.stringify([row.receipt, day]);
}
