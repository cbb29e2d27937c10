import "server-only";
/** A file as records, whatever it is made of: its pieces are read one after the other, and nothing is kept of them. */
import type { Context } from "../../access";
import { withBusiness } from "../../platform/db";
import { CsvReader, TextReader } from "./csv/model";
import type { Batch, Mapping, Run } from "./model";
import * as store from "./store";
import { readWorkbook } from "./xlsx/read";

/** Reads a file from its beginning to its end. Throws `Unreadable`. */
export const readTable = (ctx: Context, run: Run, mapping: Mapping): AsyncGenerator<Batch> =>
  run.report.format === "xlsx" ? readWorkbook(ctx, run) : readText(ctx, run, mapping);

/** Reads a table of text. */
async function* readText(ctx: Context, run: Run, mapping: Mapping): AsyncGenerator<Batch> {
  const { id } = ctx.business;
  const text = new TextReader(mapping.encoding);
  const reader = new CsvReader(mapping.separator);
  const { count } = await withBusiness(id, (tx) => store.pieces(tx, id, run.id));
  for (let no = 0; no < count; no += 1) {
    const piece = await withBusiness(id, (tx) => store.piece(tx, id, run.id, no));
    if (!piece) throw new Error(`piece ${no} of import ${run.id} is gone`);
    yield { records: reader.push(text.push(piece)), share: (no + 1) / count };
  }
  yield { records: [...reader.push(text.end()), ...reader.end()], share: 1 };
}
