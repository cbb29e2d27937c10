import "server-only";
/** A workbook of a spreadsheet as records: unpacked as it is read, and no further than the limits. */
import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import type { Context } from "../../../access";
import { withBusiness } from "../../../platform/db";
import { Unreadable } from "../csv/model";
import type { Batch, Run } from "../model";
import * as store from "../store";
import {
  bodyOffset,
  directoryOf,
  type Entry,
  entriesIn,
  LOCAL_BYTES,
  type PartReader,
  relationsReader,
  type Shared,
  sheetReader,
  stringsReader,
  stylesReader,
  TAIL_BYTES,
  workbookReader,
} from "./model";

/** What a few bytes can unpack to is without bound: so much is unpacked and no more. Texts that cells share are kept in memory. */
const SHEET_BYTES_MAX = 1_073_741_824;
const STRINGS_BYTES_MAX = 67_108_864;
const PART_BYTES_MAX = 8_388_608;
const DIRECTORY_BYTES_MAX = 1_048_576;
const CHUNK_BYTES = 1_048_576;

/** A file that lies in pieces, read from any place. */
class Pieces {
  readonly #ctx: Context;
  readonly #importId: bigint;
  /** Where each piece begins, and at last where the file ends. */
  readonly #starts: readonly number[];

  constructor(ctx: Context, importId: bigint, starts: readonly number[]) {
    this.#ctx = ctx;
    this.#importId = importId;
    this.#starts = starts;
  }

  static async of(ctx: Context, importId: bigint): Promise<Pieces> {
    const { id } = ctx.business;
    return new Pieces(ctx, importId, await withBusiness(id, (tx) => store.starts(tx, id, importId)));
  }

  get bytes(): number {
    return this.#starts.at(-1) ?? 0;
  }

  async *stream(from: number, bytes: number): AsyncGenerator<Uint8Array> {
    const { id } = this.#ctx.business;
    const until = from + bytes;
    for (let no = 0; no + 1 < this.#starts.length; no += 1) {
      const [start = 0, end = 0] = [this.#starts[no], this.#starts[no + 1]];
      if (end <= from || start >= until) continue;
      const piece = await withBusiness(id, (tx) => store.piece(tx, id, this.#importId, no));
      if (!piece) throw new Error(`piece ${no} of import ${this.#importId} is gone`);
      yield piece.subarray(Math.max(0, from - start), Math.min(end, until) - start);
    }
  }

  async read(from: number, bytes: number): Promise<Uint8Array> {
    if (from < 0 || from + bytes > this.bytes) throw new Unreadable("xlsx_broken", 0);
    return Buffer.concat(await Array.fromAsync(this.stream(from, bytes)));
  }
}

/** The text of one part as it unpacks. */
async function* unpacked(file: Pieces, entry: Entry, bytesMax: number): AsyncGenerator<string> {
  const from = entry.offset + bodyOffset(await file.read(entry.offset, LOCAL_BYTES));
  const packed = file.stream(from, entry.bytes);
  const text = new TextDecoder("utf-8", { fatal: true });
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // What breaks while it unpacks is thrown where it is read, below.
  const plain = entry.isPacked ? pipeline(Readable.from(packed), inflate, () => {}) : packed;
  let bytes = 0;
  try {
    for await (const chunk of plain) {
      const part: Uint8Array = chunk;
      bytes += part.byteLength;
      if (bytes > bytesMax) throw new Unreadable("xlsx_too_large", 0);
      yield text.decode(part, { stream: true });
    }
    yield text.decode();
  } catch (error) {
    const { code } = error as { code?: unknown };
    // Bytes that do not unpack, or are no text.
    if (typeof code === "string" && /^(Z_|ERR_ENCODING)/.test(code)) throw new Unreadable("xlsx_broken", 0);
    throw error;
  }
}

async function readPart<T extends PartReader>(
  file: Pieces,
  entry: Entry,
  bytesMax: number,
  reader: T,
): Promise<T> {
  for await (const text of unpacked(file, entry, bytesMax)) reader.write(text);
  reader.end();
  return reader;
}

/** Finds the first sheet and what its cells share with others. */
async function open(file: Pieces): Promise<{ sheet: Entry; shared: Shared }> {
  const tailFrom = Math.max(0, file.bytes - TAIL_BYTES);
  const directory = directoryOf(await file.read(tailFrom, file.bytes - tailFrom));
  if (directory.bytes > DIRECTORY_BYTES_MAX) throw new Unreadable("xlsx_broken", 0);
  const entries = new Map(
    entriesIn(await file.read(directory.offset, directory.bytes)).map((entry) => [entry.name, entry]),
  );
  const part = (name: string): Entry => {
    const entry = entries.get(name);
    if (!entry) throw new Unreadable("xlsx_broken", 0);
    return entry;
  };
  const book = (await readPart(file, part("xl/workbook.xml"), PART_BYTES_MAX, workbookReader())).found();
  const relations = await readPart(
    file,
    part("xl/_rels/workbook.xml.rels"),
    PART_BYTES_MAX,
    relationsReader(),
  );
  const target = relations.found.get(book.sheets[0] ?? "");
  if (target === undefined) throw new Unreadable("xlsx_broken", 0);
  const styles = entries.get("xl/styles.xml");
  const strings = entries.get("xl/sharedStrings.xml");
  return {
    sheet: part(target.startsWith("/") ? target.slice(1) : `xl/${target}`),
    shared: {
      is1904: book.is1904,
      days: styles ? (await readPart(file, styles, PART_BYTES_MAX, stylesReader())).days() : new Set(),
      strings: strings ? (await readPart(file, strings, STRINGS_BYTES_MAX, stringsReader())).found : [],
    },
  };
}

/** Reads the first sheet that can be seen. Throws `Unreadable`. */
export async function* readWorkbook(ctx: Context, run: Run): AsyncGenerator<Batch> {
  const file = await Pieces.of(ctx, run.id);
  const { sheet, shared } = await open(file);
  const reader = sheetReader(shared);
  // How much there is in all is known only of what is packed; a sheet packs to about a tenth.
  let bytes = 0;
  for await (const text of unpacked(file, sheet, SHEET_BYTES_MAX)) {
    bytes += text.length;
    reader.write(text);
    yield { records: reader.taken(), share: Math.min(0.99, bytes / (sheet.bytes * 10 + 1)) };
  }
  reader.end();
  yield { records: reader.taken(), share: 1 };
}
