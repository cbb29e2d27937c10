/** Workbooks of spreadsheets (OOXML): what their parts say, read piece by piece. Formulas are never worked out. */
import { Parser } from "htmlparser2";
import { COLUMNS_MAX, type Record as CsvRecord, Unreadable } from "../csv/model";

/** One file inside the packed one. */
export type Entry = {
  readonly name: string;
  readonly isPacked: boolean;
  /** Where its local header begins, and how many bytes it has there. */
  readonly offset: number;
  readonly bytes: number;
};

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const ENTRIES_MAX = 2_000;
/** The list of contents stands at the end, before a remark of at most this length. */
export const TAIL_BYTES = 65_536 + END_BYTES;
/** A local header: its names' lengths tell where the bytes begin. */
export const LOCAL_BYTES = 30;

const broken = () => new Unreadable("xlsx_broken", 0);

/** Where the list of contents lies, from a file's last bytes. */
export function directoryOf(tail: Uint8Array): { offset: number; bytes: number } {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1)
    if (view.getUint32(at, true) === END_SIGNATURE)
      return { bytes: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
  throw broken();
}

/** The list of contents. */
export function entriesIn(directory: Uint8Array): Entry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.byteLength; ) {
    if (view.getUint32(at, true) !== ENTRY_SIGNATURE || entries.length >= ENTRIES_MAX) throw broken();
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const nameBytes = view.getUint16(at + 28, true);
    // Locked with a password, or packed in a way no spreadsheet writes.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw broken();
    entries.push({
      name: new TextDecoder().decode(directory.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)),
      isPacked: method === 8,
      bytes: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where an entry's bytes begin behind its local header. */
export const bodyOffset = (header: Uint8Array): number => {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
};

/** A part that is read as its text comes: `write` each piece, then `end`. */
export type PartReader = { readonly write: (text: string) => void; readonly end: () => void };

type Attributes = { [name: string]: string };
type Handlers = {
  open: (name: string, attributes: Attributes) => void;
  close: (name: string) => void;
  text?: (text: string) => void;
};

const plainName = (name: string) => name.slice(name.indexOf(":") + 1);

/** Names come without their prefixes. Entities a file makes up itself stay as they are written: nothing can grow from them. */
function xml(handlers: Handlers): PartReader {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handlers.open(plainName(name), attributes),
      onclosetag: (name) => handlers.close(plainName(name)),
      ontext: (text) => handlers.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  return { write: (text) => parser.write(text), end: () => parser.end() };
}

export type Workbook = { readonly sheets: readonly string[]; readonly is1904: boolean };

/** The sheets of a workbook that can be seen, by the names of their relations. */
export function workbookReader(): PartReader & { readonly found: () => Workbook } {
  const sheets: string[] = [];
  const state = { is1904: false };
  const reader = xml({
    open: (name, attributes) => {
      if (name === "workbookPr") state.is1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      const id = Object.entries(attributes).find(([key]) => plainName(key) === "id" && key !== "id")?.[1];
      if (name === "sheet" && id !== undefined && (attributes.state ?? "visible") === "visible")
        sheets.push(id);
    },
    close: () => {},
  });
  return { ...reader, found: () => ({ sheets, is1904: state.is1904 }) };
}

/** Relations by name: the part each points at. */
export function relationsReader(): PartReader & { readonly found: ReadonlyMap<string, string> } {
  const found = new Map<string, string>();
  const reader = xml({
    open: (name, { Id, Target }) => {
      if (name === "Relationship" && Id !== undefined && Target !== undefined) found.set(Id, Target);
    },
    close: () => {},
  });
  return { ...reader, found };
}

/** Texts that cells share, by number. What is written above signs to say how they sound is left out. */
export function stringsReader(): PartReader & { readonly found: readonly string[] } {
  const found: string[] = [];
  const state = { text: "", isText: false, isSound: false };
  const reader = xml({
    open: (name) => {
      if (name === "si") state.text = "";
      if (name === "t") state.isText = !state.isSound;
      if (name === "rPh") state.isSound = true;
    },
    close: (name) => {
      if (name === "si") found.push(state.text);
      if (name === "t") state.isText = false;
      if (name === "rPh") state.isSound = false;
    },
    text: (text) => {
      if (state.isText) state.text += text;
    },
  });
  return { ...reader, found };
}

const isDayFormat = (id: number, codes: ReadonlyMap<number, string>): boolean => {
  const code = codes.get(id);
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\./gi, ""));
};

/** Which styles show a number as a day or a time. */
export function stylesReader(): PartReader & { readonly days: () => ReadonlySet<number> } {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  const state = { isCells: false };
  const reader = xml({
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") state.isCells = true;
      if (name === "xf" && state.isCells) formats.push(Number(attributes.numFmtId ?? 0));
    },
    close: (name) => {
      if (name === "cellXfs") state.isCells = false;
    },
  });
  const days = () => new Set(formats.flatMap((id, style) => (isDayFormat(id, codes) ? [style] : [])));
  return { ...reader, days };
}

export type Shared = {
  readonly strings: readonly string[];
  readonly days: ReadonlySet<number>;
  readonly is1904: boolean;
};

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** A number that is shown as a day, a time or both, as people write it. */
function momentText(value: number, is1904: boolean): string {
  const ms = (is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(value * 86_400) * 1000;
  const at = new Date(ms);
  if (!Number.isFinite(at.getTime()) || at.getUTCFullYear() > 9999) return String(value);
  const clock = at.toISOString().slice(11, 19);
  if (value < 1 && !is1904) return clock;
  return at.toISOString().slice(0, 10) + (ms % DAY_MS === 0 ? "" : ` ${clock}`);
}

/** Which column a cell such as "AB12" stands in, from 0; nothing where it does not say. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(place ?? "")?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const CELL_MAX = 50_000;
type Cell = { column: number; type: string; style: number; value: string; formula: string };

/** What a cell says. Of a formula its last result counts, as a spreadsheet shows it; without one, the formula itself, to be refused. */
function cellText({ type, style, value, formula }: Cell, { strings, days, is1904 }: Shared): string {
  if (value === "" && formula !== "") return `=${formula}`;
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  if (type !== "n" || value === "") return type === "n" ? "" : value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  // Fifteen digits are what a spreadsheet knows: more are the crumbs of its arithmetic.
  return days.has(style) ? momentText(number, is1904) : String(Number(number.toPrecision(15)));
}

/** Reads the rows of one sheet as its text comes; `taken` gives those that are whole, once. Throws `Unreadable` with the row. */
export function sheetReader(shared: Shared): PartReader & { readonly taken: () => CsvRecord[] } {
  const state = {
    line: 0,
    cells: [] as string[],
    cell: null as Cell | null,
    into: "" as "" | "value" | "formula",
  };
  let rows: CsvRecord[] = [];
  const reader = xml({
    open: (name, attributes) => {
      if (name === "row") {
        state.line = Number(attributes.r ?? state.line + 1) || state.line + 1;
        state.cells = [];
      }
      if (name === "c") {
        const column = columnOf(attributes.r) ?? state.cells.length;
        if (column >= COLUMNS_MAX) throw new Unreadable("too_many_columns", state.line);
        state.cell = {
          column,
          type: attributes.t ?? "n",
          style: Number(attributes.s ?? 0),
          value: "",
          formula: "",
        };
      }
      if (name === "v" || name === "t") state.into = "value";
      if (name === "f") state.into = "formula";
    },
    close: (name) => {
      if (name === "v" || name === "t" || name === "f") state.into = "";
      if (name === "c" && state.cell) {
        while (state.cells.length < state.cell.column) state.cells.push("");
        state.cells[state.cell.column] = cellText(state.cell, shared).trim();
        state.cell = null;
      }
      if (name === "row" && state.cells.some((cell) => cell !== ""))
        rows.push({ line: state.line, cells: state.cells });
    },
    text: (text) => {
      if (state.cell === null || state.into === "") return;
      state.cell[state.into] += text;
      if (state.cell[state.into].length > CELL_MAX) throw new Unreadable("cell_too_long", state.line);
    },
  });
  const taken = () => {
    const whole = rows;
    rows = [];
    return whole;
  };
  return { ...reader, taken };
}
