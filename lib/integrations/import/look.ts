import "server-only";
/** A first look at a file: what it is, and what its columns probably hold. */
import type { Context } from "../../access";
import { customFields } from "../../members";
import { withBusiness } from "../../platform/db";
import {
  CsvReader,
  type Record as CsvRecord,
  type Encoding,
  type Separator,
  sniffEncoding,
  sniffSeparator,
  TextReader,
  Unreadable,
} from "./csv/model";
import type { Run, State } from "./model";
import { guessOwn } from "./own/model";
import { guess } from "./presets/model";
import * as store from "./store";
import { readWorkbook } from "./xlsx/read";

const SAMPLE = 6;
const HEAD_BYTES = 65_536;

type Looked = { state: State; report: Run["report"] };
const cannot = (code: string, line: number): Looked => ({
  state: "failed",
  report: { failed: { code, line: line || null } },
});

/** Looks at the beginning of a complete file; one that cannot be read is told at once. */
export async function lookAt(ctx: Context, run: Run): Promise<Looked> {
  const { id } = ctx.business;
  const first = await withBusiness(id, (tx) => store.piece(tx, id, run.id, 0));
  const head = first?.subarray(0, HEAD_BYTES) ?? new Uint8Array();
  const encoding = sniffEncoding(head);
  if (encoding === "xls" || encoding === "binary") return cannot(encoding, 0);
  try {
    const found = encoding === "xlsx" ? await lookIntoWorkbook(ctx, run) : lookIntoText(head, encoding);
    const sample = found.records.slice(0, SAMPLE).map(({ cells }) => cells.map((cell) => cell.slice(0, 80)));
    if (sample.length === 0) return cannot("empty", 0);
    const { preset, ...guessed } = guess(run.kind, sample);
    const taken = Object.values(guessed.columns);
    const fields =
      run.kind === "members" && guessed.hasHeader
        ? guessOwn(await customFields(ctx), sample[0] ?? [], taken)
        : {};
    const { records: _records, ...kept } = found;
    const { encoding: told, separator } = kept;
    return {
      state: "mapping",
      report: { ...kept, sample, preset, guess: { ...guessed, fields, encoding: told, separator } },
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return cannot(error.code, error.line);
  }
}

type Found = {
  readonly format?: "xlsx";
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly records: readonly CsvRecord[];
};

function lookIntoText(head: Uint8Array, encoding: Encoding): Found {
  const text = new TextReader(encoding).push(head);
  const separator = sniffSeparator(text);
  const reader = new CsvReader(separator);
  const records = reader.push(text);
  return {
    encoding,
    separator,
    records: head.byteLength < HEAD_BYTES ? [...records, ...reader.end()] : records,
  };
}

/** Unpacks no more than the first rows need. */
async function lookIntoWorkbook(ctx: Context, run: Run): Promise<Found> {
  const records: CsvRecord[] = [];
  for await (const batch of readWorkbook(ctx, run)) {
    records.push(...batch.records);
    if (records.length >= SAMPLE) break;
  }
  return { format: "xlsx", encoding: "utf-8", separator: ",", records };
}
