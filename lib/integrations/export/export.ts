import "server-only";
/** What a business takes along: files written as they are read. */
import { audit, type Context, require } from "../../access";
import { customFields } from "../../members";
import { customKey } from "../../members/model";
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

/** The columns of one file: members bring the business's own fields too. `own`: the keys those are kept under. */
export type Shape = { readonly columns: readonly string[]; readonly own: readonly string[] };

/** What columns a file has now. */
export async function exportShape(ctx: Context, what: Export): Promise<Shape> {
  const standing = COLUMNS[what];
  if (what !== "members") return { columns: standing, own: [] };
  const fields = (await customFields(ctx)).filter(({ archivedAt }) => archivedAt === null);
  // A name that a column has already would be taken for that one when the file comes back.
  const named = fields.map(({ name }) =>
    standing.includes(name.toLowerCase()) || NUMBERS.has(name) ? `${name} *` : name,
  );
  return { columns: [...standing, ...named], own: fields.map(customKey) };
}

/** The same as a workbook, written as it is read. */
export async function* exportWorkbook(ctx: Context, what: Export): AsyncGenerator<Uint8Array> {
  const { columns, own } = await exportShape(ctx, what);
  yield* workbook(columns, NUMBERS, exportRows(ctx, what, own));
}

/** Writes down who takes a file along. */
export async function beginExport(ctx: Context, what: Export): Promise<void> {
  require(ctx, "imports:write");
  await withBusiness(ctx.business.id, (tx) => audit(tx, ctx, "export.file", null, { what }));
}

/** A file's lines, some at a time, as of when each is read. Instants in UTC, amounts with a dot. `own`: as `exportShape` has it. */
export async function* exportRows(
  ctx: Context,
  what: Export,
  own: readonly string[],
): AsyncGenerator<(string | null)[][]> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  for (let after = -1n; ; ) {
    const from = after;
    const rows = await withBusiness(id, (tx) => exported(tx, what, id, from, PAGE, own));
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ cells }) => [...cells]);
    after = last.id;
  }
}
