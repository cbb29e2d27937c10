/** Comma-separated values as the world writes them: RFC 4180 with any separator, read piece by piece, memory flat. */

export const ENCODINGS = ["utf-8", "windows-1251", "utf-16le"] as const;
export type Encoding = (typeof ENCODINGS)[number];
/** A space stands for any run of blanks, as in columns of fixed width. */
export const SEPARATORS = [",", ";", "\t", "|", " "] as const;
export type Separator = (typeof SEPARATORS)[number];

/** One record: its cells, and the line of the file it begins on. */
export type Record = { readonly line: number; readonly cells: string[] };

type Trouble =
  | "quote_broken"
  | "quote_open"
  | "cell_too_long"
  | "too_many_columns"
  | "encoding_broken"
  | "xlsx_broken"
  | "xlsx_too_large";

/** What makes a file unreadable, and where; line 0 is nowhere in particular. */
export class Unreadable extends Error {
  readonly code: Trouble;
  readonly line: number;
  constructor(code: Trouble, line: number) {
    super(`${code} at line ${line}`);
    this.code = code;
    this.line = line;
  }
}

/** A cell longer than this is a quote that was never closed. */
const CELL_MAX = 50_000;
export const COLUMNS_MAX = 200;

/** Reads records out of text that comes in pieces: `push` each, then `end`. Throws `Unreadable`. */
export class CsvReader {
  readonly #separator: Separator;
  #cells: string[] = [];
  #cell = "";
  #state: "start" | "plain" | "quoted" | "closed" = "start";
  #line = 1;
  #recordLine = 1;
  #quoteLine = 1;
  #wasReturn = false;

  constructor(separator: Separator) {
    this.#separator = separator;
  }

  push(text: string): Record[] {
    const records: Record[] = [];
    for (let at = 0; at < text.length; ) at = this.#step(text, at, records);
    return records;
  }

  end(): Record[] {
    if (this.#state === "quoted") throw new Unreadable("quote_open", this.#quoteLine);
    const records: Record[] = [];
    this.#endRecord(records);
    return records;
  }

  /** Takes one sign, or the whole run of ordinary ones that begins there; answers where to go on. */
  #step(text: string, at: number, records: Record[]): number {
    const sign = text[at] ?? "";
    if (sign === "\n" && this.#wasReturn) {
      this.#wasReturn = false;
      if (this.#state === "quoted") this.#cell += "\n";
      return at + 1;
    }
    this.#wasReturn = sign === "\r";
    if (this.#state === "quoted") return this.#quoted(text, at, sign);
    if (sign === "\n" || sign === "\r") {
      this.#endRecord(records);
      this.#line += 1;
      this.#recordLine = this.#line;
      return at + 1;
    }
    if (this.#isSeparator(sign)) {
      if (this.#separator !== " " || this.#state !== "start") this.#endCell();
      return at + 1;
    }
    if (sign === '"' && this.#state === "start") {
      this.#state = "quoted";
      this.#quoteLine = this.#line;
      return at + 1;
    }
    if (sign === '"' && this.#state === "closed") {
      this.#cell += '"';
      this.#state = "quoted";
      return at + 1;
    }
    if (this.#state === "closed") {
      if (sign === " ") return at + 1;
      throw new Unreadable("quote_broken", this.#line);
    }
    this.#state = "plain";
    let end = at + 1;
    while (end < text.length && !this.#ends(text[end] ?? "")) end += 1;
    this.#add(text.slice(at, end), this.#line);
    return end;
  }

  #quoted(text: string, at: number, sign: string): number {
    if (sign === '"') {
      this.#state = "closed";
      return at + 1;
    }
    if (sign === "\n" || sign === "\r") {
      this.#line += 1;
      this.#cell += sign;
      return at + 1;
    }
    let end = at + 1;
    while (end < text.length && text[end] !== '"' && text[end] !== "\n" && text[end] !== "\r") end += 1;
    this.#add(text.slice(at, end), this.#quoteLine);
    return end;
  }

  #isSeparator(sign: string): boolean {
    return sign === this.#separator || (this.#separator === " " && sign === "\t");
  }

  #ends(sign: string): boolean {
    return sign === "\n" || sign === "\r" || this.#isSeparator(sign);
  }

  #add(text: string, line: number): void {
    this.#cell += text;
    if (this.#cell.length > CELL_MAX) throw new Unreadable("cell_too_long", line);
  }

  #endCell(): void {
    this.#cells.push(this.#cell.trim());
    this.#cell = "";
    this.#state = "start";
    if (this.#cells.length > COLUMNS_MAX) throw new Unreadable("too_many_columns", this.#recordLine);
  }

  /** Empty lines are none. */
  #endRecord(records: Record[]): void {
    if (this.#separator !== " " || this.#state !== "start") this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    if (cells.some((cell) => cell !== "")) records.push({ line: this.#recordLine, cells });
  }
}

/** Turns bytes that come in pieces into text; signs split between pieces are joined. Throws `Unreadable` with the line. */
export class TextReader {
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;
  #line = 1;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  push(bytes: Uint8Array): string {
    return this.#decoded(bytes, true);
  }

  end(): string {
    return this.#decoded(new Uint8Array(), false);
  }

  #decoded(bytes: Uint8Array, stream: boolean): string {
    try {
      const text = this.#decoder.decode(bytes, { stream });
      this.#line += linesIn(text);
      return text;
    } catch {
      const lenient = new TextDecoder(this.#encoding).decode(bytes);
      const broken = Math.max(0, lenient.indexOf("\uFFFD", 1));
      throw new Unreadable("encoding_broken", this.#line + linesIn(lenient.slice(0, broken)));
    }
  }
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** What a file is, by its beginning: its encoding, or what it is instead of a table of text. */
export function sniffEncoding(head: Uint8Array): Encoding | "xlsx" | "xls" | "binary" {
  const starts = (...signs: number[]) => signs.every((sign, at) => head[at] === sign);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "xlsx";
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return "xls";
  if (starts(0xff, 0xfe)) return "utf-16le";
  if (head.includes(0)) return "binary";
  try {
    // A sign may be cut at the end of the head: that is no fault of the file.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1251";
  }
}

/** The separator that gives the first records the same, greatest number of cells. */
export function sniffSeparator(text: string): Separator {
  const scored = SEPARATORS.map((separator) => ({ separator, score: evenness(text, separator) }));
  // A blank is a separator only when nothing else is: names have blanks too.
  const [best] = scored.filter(({ separator }) => separator !== " ").toSorted((a, b) => b.score - a.score);
  if (best && best.score > 1) return best.separator;
  return (scored.find(({ separator }) => separator === " ")?.score ?? 0) > 1 ? " " : ",";
}

function evenness(text: string, separator: Separator): number {
  try {
    const widths = new CsvReader(separator)
      .push(text.slice(0, text.lastIndexOf("\n") + 1) || `${text}\n`)
      .slice(0, 20)
      .map(({ cells }) => cells.length);
    const [first = 0] = widths;
    return widths.every((width) => width === first) ? first : first > 1 ? 1.5 : 0;
  } catch {
    return 0;
  }
}

/** A record as a line of a file for spreadsheets: what they would run as a formula is led by an apostrophe. */
export function csvLine(cells: readonly (string | number | bigint | null | undefined)[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(",")}\r\n`;
}

function csvCell(cell: string | number | bigint | null | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return cell.toString();
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
