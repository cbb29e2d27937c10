/** Files as the world has them: workbooks, bombs, wrong encodings, and the way back out. */
import { expect, test } from "vitest";
import { asOwner } from "../../../tests/support/database";
import { bring, members, one, post, purchases } from "../../../tests/support/imports";
import { excel, packed } from "../../../tests/support/workbook";
import { newBusiness } from "../../../tests/support/world";
import type { Context } from "../../access";
import { Refused } from "../../kernel/refusals";
import * as integrations from "..";
import { FILE_BYTES_MAX, PIECE_BYTES, type Run } from "./model";

const rows = (ctx: Context) => one("SELECT count(*) AS n FROM import_row WHERE business_id = $1", ctx);
async function failed(ctx: Context, file: Buffer, change = {}): Promise<Run["report"]["failed"]> {
  const run = await integrations.findImport(ctx, await bring(ctx, "purchases", file, change));
  expect([run.state, await rows(ctx), await members(ctx)]).toEqual(["failed", 0, 0]);
  return run.report.failed;
}

const STRINGS = [
  "Phone",
  "Date",
  "Receipt",
  "Item",
  "Amount",
  "+380501110001",
  "Cut &amp; colour",
  "=cmd|'/C calc'!A0",
];
const SALES = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>
<row r="2"><c r="A2" t="s"><v>5</v></c><c r="B2" s="2"><v>46054.4166666667</v></c><c r="C2"><v>17</v></c><c r="D2" t="s"><v>6</v></c><c r="E2"><f>SUM(F2:G2)</f><v>29.329999999999998</v></c></row>
<row r="3"><c r="A3"><v>380501110002</v></c><c r="B3" s="1"><v>46055</v></c><c r="D3" t="inlineStr"><is><t>Shampoo</t></is></c><c r="E3"><v>1050.5</v></c></row>
<row r="5"><c r="A5" t="s"><v>5</v></c><c r="B5" s="1"><v>46056</v></c><c r="D5" t="s"><v>7</v></c><c r="E5"><v>1</v></c></row>
<row r="6"><c r="A6" t="s"><v>5</v></c><c r="B6" s="1"><v>46056</v></c><c r="D6" t="str"><v>Cut</v></c><c r="E6"><f>HYPERLINK("http://x")</f></c></row>`;

test("a workbook comes in like a table of text: days, results of formulas, and no formula itself", async () => {
  const ctx = await newBusiness();
  const id = await bring(ctx, "purchases", excel(SALES, STRINGS));
  const read = await integrations.findImport(ctx, id);
  expect(read.report).toMatchObject({ format: "xlsx", lines: 4, rows: 4, bad: 2, sum: "107983" });
  expect((await integrations.firstFaults(ctx, id, 9)).map(({ line, faults }) => [line, faults])).toEqual([
    [5, [{ code: "formula", field: "item" }]],
    [6, [{ code: "amount", field: "total" }]],
  ]);
  expect((await post(ctx, id)).report).toMatchObject({ done: 2, newMembers: 2, bookedSum: "107983" });
  const bills = await asOwner<{ at: Date; total: string; item: string; phone: string }>(
    `SELECT o.at, o.total_minor AS total, l.name AS item, p.phone FROM operation o
     JOIN operation_line l ON (l.business_id, l.operation_id) = (o.business_id, o.id)
     JOIN member_profile p ON (p.business_id, p.member_id) = (o.business_id, o.member_id) WHERE o.business_id = $1 ORDER BY o.at`,
    [String(ctx.business.id)],
  );
  expect(bills).toEqual([
    { at: new Date("2026-02-01T08:00:00Z"), total: "2933", item: "Cut & colour", phone: "+380501110001" },
    { at: new Date("2026-02-02T10:00:00Z"), total: "105050", item: "Shampoo", phone: "+380501110002" },
  ]);
  const parts = await Array.fromAsync(integrations.exportWorkbook(ctx, "members"));
  const copy = await newBusiness();
  const back = await bring(copy, "members", Buffer.concat(parts));
  expect((await post(copy, back)).report).toMatchObject({ done: 2, newMembers: 2, bad: 0 });
});

test("what stands in an exported workbook is text, whatever it looks like, and comes back as it was", async () => {
  const ctx = await newBusiness();
  const names = ['Anna <b> & "Co"', "Іван\u0001 Їжак", "x".repeat(60)];
  const lines = names.map((name, no) => `+38050111000${no};${name}`).join("\n");
  await post(ctx, await bring(ctx, "members", `Телефон;Имя\n${lines}\n`));
  await asOwner(
    "UPDATE member_profile SET name = '=1+1' WHERE business_id = $1 AND phone = '+380501110002'",
    [String(ctx.business.id)],
  );
  const book = Buffer.concat(await Array.fromAsync(integrations.exportWorkbook(ctx, "members")));
  const copy = await newBusiness();
  const id = await bring(copy, "members", book);
  expect((await integrations.findImport(copy, id)).report).toMatchObject({ preset: "kolo", rows: 3, bad: 1 });
  expect((await integrations.firstFaults(copy, id, 9)).map(({ faults }) => faults)).toEqual([
    [{ code: "formula", field: "name" }],
  ]);
  await post(copy, id);
  const found = await asOwner<{ name: string }>(
    "SELECT name FROM member_profile WHERE business_id = $1 ORDER BY phone",
    [String(copy.business.id)],
  );
  expect(found).toEqual([{ name: 'Anna <b> & "Co"' }, { name: "Іван Їжак" }]);
});

test("bombs, torn workbooks, other encodings and files beyond 2 GB are told, and nothing of them is kept", async () => {
  const ctx = await newBusiness();
  const bomb = excel(SALES, [" ".repeat(70_000_000)]);
  expect(bomb.byteLength).toBeLessThan(100_000);
  expect(await failed(ctx, bomb)).toEqual({ code: "xlsx_too_large", line: null });
  const whole = excel(SALES, STRINGS);
  expect(await failed(ctx, whole.subarray(0, whole.byteLength - 40))).toEqual({
    code: "xlsx_broken",
    line: null,
  });
  const torn = Buffer.from(whole);
  torn.fill(0xff, 700, 800);
  expect(await failed(ctx, torn)).toMatchObject({ code: "xlsx_broken" });
  expect(await failed(ctx, packed({ "word/document.xml": "<w/>" }))).toMatchObject({ code: "xlsx_broken" });
  const wide = `<row r="1">${Array.from({ length: 300 }, () => "<c><v>1</v></c>").join("")}</row>`;
  expect(await failed(ctx, excel(wide, []))).toEqual({ code: "too_many_columns", line: 1 });
  const other = Buffer.concat([
    Buffer.from("+380501110001;2026-02-01;5\n+380501110001;"),
    Buffer.from([0xc8, 0xff, 0x3b]),
  ]);
  const columns = { phone: 0, date: 1, total: 2 };
  expect(await failed(ctx, other, { columns, hasHeader: false, encoding: "utf-8" })).toEqual({
    code: "encoding_broken",
    line: 2,
  });
  const lines = `${"+380501110001;2026-02-01;5\n".repeat(5_999)}"x"y;1;2\n`;
  expect(await failed(ctx, Buffer.from(lines), { columns, hasHeader: false })).toEqual({
    code: "quote_broken",
    line: 6_000,
  });
  const id = await integrations.beginImport(ctx, {
    kind: "members",
    fileName: "big.csv",
    bytes: FILE_BYTES_MAX,
  });
  const beyond = integrations.addPiece(ctx, id, Math.ceil(FILE_BYTES_MAX / PIECE_BYTES), new Uint8Array(1));
  await expect(beyond).rejects.toEqual(new Refused("too_large"));
  expect(await purchases(ctx)).toBe(0);
});
