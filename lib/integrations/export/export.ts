import "server-only";
/** What a business takes along: files written as they are read. */
import { audit, type Context, require } from "../../access";
import { withBusiness } from "../../platform/db";
import type { Export } from "../import/model";
import { exported } from "./store";
import { workbook } from "./workbook";

const PAGE = 1_000;

/** The columns of each file; `members` and `balances` can be imported again as they are. */
export const COLUMNS: Readonly<Record<Export, readonly string[]>> = {
  members: [
    "id",
    "customer",
    "name",
    "phone",
    "email",
    "birth date",
    "gender",
    "note",
    "tier",
    "points",
    "visits",
    "paid",
    "first visit",
    "last visit",
    "date created",
  ],
  balances: ["id", "customer", "name", "phone", "email", "points"],
  purchases: [
    "id",
    "date",
    "state",
    "member",
    "customer",
    "name",
    "phone",
    "receipt",
    "total",
    "paid",
    "discount",
    "points paid",
    "points earned",
    "refunded",
    "item",
    "category",
    "quantity",
    "price",
  ],
};

/** Columns whose cells are numbers; an id has more digits than spreadsheets know, and stays a text. */
const NUMBERS: ReadonlySet<string> = new Set([
  "points",
  "visits",
  "paid",
  "total",
  "discount",
  "points paid",
  "points earned",
  "refunded",
  "quantity",
  "price",
]);

/** The same as a workbook, written as it is read. */
export const exportWorkbook = (ctx: Context, what: Export): AsyncGenerator<Uint8Array> =>
  workbook(COLUMNS[what], NUMBERS, exportRows(ctx, what));

/** Writes down who takes a file along. */
export async function beginExport(ctx: Context, what: Export): Promise<void> {
  require(ctx, "imports:write");
  await withBusiness(ctx.business.id, (tx) => audit(tx, ctx, "export.file", null, { what }));
}

/** A file's lines, some at a time, as of when each is read. Instants in UTC, amounts with a dot. */
export async function* exportRows(ctx: Context, what: Export): AsyncGenerator<(string | null)[][]> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  for (let after = -1n; ; ) {
    const from = after;
    const rows = await withBusiness(id, (tx) => exported(tx, what, id, from, PAGE));
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ cells }) => [...cells]);
    after = last.id;
  }
}
