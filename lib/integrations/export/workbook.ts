import "server-only";
/** A workbook written as it is read: each row is packed and gone, so a million of them take no more memory than one. */
import { once } from "node:events";
import { crc32, createDeflateRaw } from "node:zlib";

/** So many rows fit on one sheet; more go on the next. */
const SHEET_ROWS_MAX = 1_048_576;
const FLUSH_CHARS = 262_144;
const DAY_1980 = 0x21;
const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

type Packed = { name: string; crc: number; packed: number; plain: number; offset: number };
type Cells = readonly (string | null)[];

/** Files packed one after the other, their sizes told behind them. */
class Zip {
  readonly #done: Packed[] = [];
  #offset = 0;

  #count(bytes: Uint8Array): Uint8Array {
    this.#offset += bytes.byteLength;
    return bytes;
  }

  async *file(name: string, text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
    const entry = { name, crc: 0, packed: 0, plain: 0, offset: this.#offset };
    yield this.#count(header(0x04034b50, 30, entry, false));
    const deflate = createDeflateRaw({ level: 6 });
    const feeding = (async () => {
      for await (const part of text) {
        const bytes = Buffer.from(part);
        entry.crc = crc32(bytes, entry.crc);
        entry.plain += bytes.byteLength;
        if (!deflate.write(bytes)) await once(deflate, "drain");
      }
      deflate.end();
    })();
    feeding.catch((error: unknown) =>
      deflate.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    for await (const chunk of deflate) {
      const part: Uint8Array = chunk;
      entry.packed += part.byteLength;
      yield this.#count(part);
    }
    await feeding;
    const told = Buffer.alloc(16);
    told.writeUInt32LE(0x08074b50, 0);
    sizes(told, 4, entry);
    yield this.#count(told);
    this.#done.push(entry);
  }

  *end(): Generator<Uint8Array> {
    const from = this.#offset;
    for (const entry of this.#done) yield this.#count(header(0x02014b50, 46, entry, true));
    const last = Buffer.alloc(22);
    last.writeUInt32LE(0x06054b50, 0);
    last.writeUInt16LE(this.#done.length, 8);
    last.writeUInt16LE(this.#done.length, 10);
    last.writeUInt32LE(this.#offset - from, 12);
    last.writeUInt32LE(from, 16);
    yield last;
  }
}

function sizes(bytes: Buffer, at: number, { crc, packed, plain }: Packed): void {
  bytes.writeUInt32LE(crc, at);
  bytes.writeUInt32LE(packed, at + 4);
  bytes.writeUInt32LE(plain, at + 8);
}

/** A header of a file: beside its bytes, or in the list of contents. Flags: sizes follow behind, names are UTF-8. */
function header(signature: number, bytes: number, entry: Packed, isListed: boolean): Uint8Array {
  const written = Buffer.alloc(bytes);
  written.writeUInt32LE(signature, 0);
  const at = isListed ? 6 : 4;
  if (isListed) written.writeUInt16LE(20, 4);
  written.writeUInt16LE(20, at);
  written.writeUInt16LE(0x0808, at + 2);
  written.writeUInt16LE(8, at + 4);
  written.writeUInt16LE(DAY_1980, at + 8);
  if (isListed) {
    sizes(written, 16, entry);
    written.writeUInt32LE(entry.offset, 42);
  }
  const name = Buffer.from(entry.name);
  written.writeUInt16LE(name.byteLength, isListed ? 28 : 26);
  return Buffer.concat([written, name]);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) =>
  // Signs no XML can hold; nobody sees them.
  text.replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, "").replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Texts are texts: whatever stands in one, no spreadsheet works it out. Numbers are numbers only in columns of numbers. */
function cell(value: string | null | undefined, isNumber: boolean): string {
  if (value === null || value === undefined || value === "") return "<c/>";
  if (isNumber && /^-?\d+(\.\d+)?$/.test(value)) return `<c><v>${value}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

type Rows = { readonly next: () => Promise<Cells | undefined> };

function oneByOne(batches: AsyncIterable<readonly Cells[]>): Rows {
  const from = batches[Symbol.asyncIterator]();
  const state: { held: readonly Cells[]; at: number } = { held: [], at: 0 };
  const next = async (): Promise<Cells | undefined> => {
    while (state.at >= state.held.length) {
      const { done, value } = await from.next();
      if (done === true) return undefined;
      Object.assign(state, { held: value, at: 0 });
    }
    state.at += 1;
    return state.held[state.at - 1];
  };
  return { next };
}

async function* sheet(
  titles: readonly string[],
  numbers: ReadonlySet<string>,
  rows: Rows,
  state: { first: Cells | undefined },
): AsyncGenerator<string> {
  const row = (cells: Cells, isTitles = false) =>
    `<row>${cells.map((value, at) => cell(value, !isTitles && numbers.has(titles[at] ?? ""))).join("")}</row>`;
  let held = `${HEAD}<worksheet ${NAMESPACE}><sheetData>${row(titles, true)}`;
  let next = state.first;
  for (let count = 1; next !== undefined && count < SHEET_ROWS_MAX; count += 1) {
    held += row(next);
    if (held.length > FLUSH_CHARS) {
      yield held;
      held = "";
    }
    next = await rows.next();
  }
  state.first = next;
  yield `${held}</sheetData></worksheet>`;
}

const times = (count: number, text: (no: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at + 1)).join("");

/**
 * A workbook with one table, piece by piece.
 *
 * Shape: `numbers` names the columns whose cells are numbers; all others are texts. A table longer than a sheet goes on on the next.
 */
export async function* workbook(
  titles: readonly string[],
  numbers: ReadonlySet<string>,
  batches: AsyncIterable<readonly Cells[]>,
): AsyncGenerator<Uint8Array> {
  const zip = new Zip();
  const rows = oneByOne(batches);
  const state = { first: await rows.next() };
  let sheets = 0;
  do {
    sheets += 1;
    yield* zip.file(`xl/worksheets/sheet${sheets}.xml`, sheet(titles, numbers, rows, state));
  } while (state.first !== undefined);
  const part = (name: string, kind: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${KIND}.${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const files = {
    "xl/workbook.xml": `<workbook ${NAMESPACE} xmlns:r="${RELATIONS}"><sheets>${times(
      sheets,
      (no) => `<sheet name="${no}" sheetId="${no}" r:id="rId${no}"/>`,
    )}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships">${times(sheets, (no) =>
      relation(no, "worksheet", `worksheets/sheet${no}.xml`),
    )}</Relationships>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part("workbook", "sheet.main")}${times(sheets, (no) => part(`worksheets/sheet${no}`, "worksheet"))}</Types>`,
  };
  for (const [name, text] of Object.entries(files)) yield* zip.file(name, [HEAD + text]);
  yield* zip.end();
}
