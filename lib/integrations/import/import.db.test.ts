import { expect, test } from "vitest";
import { asOwner } from "../../../tests/support/database";
import { bring, members, post, purchases } from "../../../tests/support/imports";
import { newBusiness, newMember } from "../../../tests/support/world";
import { lastDays } from "../../analytics";
import { drawn, memberView } from "../../insights";
import { lots } from "../../ledger";
import { customValuesOf, saveCustomField, setCustomValues } from "../../members";
import type { CustomKind, CustomValue } from "../../members/model";
import { Stopping } from "../../platform/jobs";
import { refund } from "../../sales";
import * as integrations from "..";

const UDS = `﻿ID;ФИО;Телефон;Email;Дата рождения;Пол;Баллы
7001;Олена Коваль;067 111 22 33;olena@kolo.example;01.02.1990;ж;1 250,50
7002;Іван Бондар;+380671112244;;;м;0
;=cmd|' /C calc'!A0;+380671112255;;;;5
7004;Без балів;;;31.02.1990;;-3
`;

test("balances stand in the ledger with their sum, are given once, and go back by entries of their own", async () => {
  const ctx = await newBusiness();
  const id = await bring(ctx, "members", UDS);
  const read = await integrations.findImport(ctx, id);
  expect(read.report).toMatchObject({ preset: "uds", rows: 4, bad: 2, sum: "125050" });
  expect((await integrations.firstFaults(ctx, id, 10)).map(({ line, faults }) => [line, faults])).toEqual([
    [4, [{ code: "formula", field: "name" }]],
    [
      5,
      [
        { code: "amount_range", field: "points" },
        { code: "date", field: "birthDate" },
      ],
    ],
  ]);
  const done = await post(ctx, id);
  expect(done.report).toMatchObject({ done: 2, newMembers: 2, postedSum: "125050", bookedSum: "125050" });
  const [row] = await asOwner<{ member_id: string }>(
    "SELECT member_id FROM member_external WHERE business_id = $1 AND external = '7001'",
    [String(ctx.business.id)],
  );
  const memberId = BigInt(row?.member_id ?? 0);
  expect((await lots(ctx, memberId)).map(({ remaining }) => remaining)).toEqual([125_050n]);
  expect((await post(ctx, await bring(ctx, "members", UDS))).report).toMatchObject({
    done: 0,
    same: 2,
    newMembers: 0,
  });
  expect((await lots(ctx, memberId)).map(({ remaining }) => remaining)).toEqual([125_050n]);
  await integrations.undoImport(ctx, id);
  await integrations.runImport(ctx, id);
  expect((await integrations.findImport(ctx, id)).report).toMatchObject({ undone: 2, gone: 2 });
  expect(await members(ctx)).toBe(0);
});

const BILLS = `Phone,Date,Receipt,Item,Qty,Amount
+380501110001,2026-02-01 10:00,17,Cut,1,100
+380501110001,2026-02-01 10:00,17,"Shampoo, big",2,"1,050.50"
+380501110001,2026-02-03,18,Cut,1,100
+380501110002,2026-02-03,19,Cut,1,100
+380501110002,2027-02-03,20,Cut,1,100
`;

test("lines of one bill are one purchase; a refunded one stays when the import goes", async () => {
  const ctx = await newBusiness();
  const id = await bring(ctx, "purchases", BILLS, {
    columns: { phone: 0, date: 1, receipt: 2, item: 3, quantity: 4, amount: 5 },
  });
  expect((await integrations.findImport(ctx, id)).report).toMatchObject({
    lines: 5,
    rows: 4,
    bad: 1,
    sum: "135050",
  });
  expect((await post(ctx, id)).report).toMatchObject({ done: 3, newMembers: 2 });
  const [bill] = await asOwner<{ id: string; member_id: string; total: string; lines: string }>(
    `SELECT o.id, o.member_id, o.total_minor AS total, (SELECT count(*) FROM operation_line l WHERE (l.business_id, l.operation_id) = (o.business_id, o.id)) AS lines
     FROM operation o WHERE business_id = $1 AND receipt_number = '17'`,
    [String(ctx.business.id)],
  );
  expect([bill?.total, bill?.lines]).toEqual(["115050", "2"]);
  expect((await memberView(ctx, BigInt(bill?.member_id ?? 0)))?.visits).toBe(2);
  expect((await drawn(ctx)).totals).toBeDefined();
  expect((await lastDays(ctx)).reduce((sum, day) => sum + day.purchases, 0)).toBe(3);
  await refund(ctx, {
    operationId: BigInt(bill?.id ?? 0),
    partMinor: 1_000n,
    key: null,
    staffId: null,
    locationId: null,
    source: "office",
  });
  await integrations.undoImport(ctx, id, true);
  await integrations.runImport(ctx, id);
  expect((await integrations.findImport(ctx, id)).report).toMatchObject({ undone: 2, kept: 1, gone: 1 });
  expect([await members(ctx), await purchases(ctx)]).toEqual([1, 1]);
});

test("an import stopped half way goes on where it was", async () => {
  const ctx = await newBusiness();
  const lines = Array.from(
    { length: 5_000 },
    (_, i) => `+38050${5_000_000 + (i % 900)};0${1 + (i % 9)}.02.2026;${i}`,
  );
  const id = await bring(ctx, "purchases", `Телефон;Дата;Сумма\n${lines.join("\n")}\n`);
  await integrations.postImport(ctx, id);
  let turns = 0;
  await expect(integrations.runImport(ctx, id, () => (turns += 1) > 1)).rejects.toBeInstanceOf(Stopping);
  expect(await purchases(ctx)).toBe(2_000);
  await integrations.stopImport(ctx, id);
  await integrations.runImport(ctx, id);
  expect(await purchases(ctx)).toBe(2_000);
  expect((await post(ctx, id)).report).toMatchObject({ done: 5_000, newMembers: 900 });
});

const OWN = `Phone;Name;Milk;Size;Since;Oily;Skin
+380501110001;Ann;oat;38,5;01.02.2024;yes;DRY
+380501110002;Ben;soy;;;;
+380501110003;Cid;=1+1;large;31.02.2024;maybe;wet
+380501110004;Dot;;;;ні;
`;

test("own fields are learned where nobody knew, told row by row where they do not fit, and forgotten when the import goes", async () => {
  const ctx = await newBusiness();
  const field = async (name: string, kind: CustomKind, options: string[] = []) =>
    await saveCustomField(ctx, { id: null, name, kind, options });
  const [milk, size] = [await field("Milk", "text"), await field("Size", "number")];
  const [since, oily] = [await field("Since", "day"), await field("Oily", "flag")];
  const skin = await field("Skin", "choice", ["dry", "normal"]);
  const ben = await newMember(ctx, "+380501110002");
  await setCustomValues(ctx, { memberId: ben, values: [{ fieldId: milk, value: "almond" }] });
  const id = await bring(ctx, "members", OWN);
  const { report } = await integrations.findImport(ctx, id);
  expect(report.guess?.fields).toEqual({
    [`${milk}`]: 2,
    [`${size}`]: 3,
    [`${since}`]: 4,
    [`${oily}`]: 5,
    [`${skin}`]: 6,
  });
  expect((await integrations.firstFaults(ctx, id, 10)).map(({ line, faults }) => [line, faults])).toEqual([
    [
      4,
      [
        { code: "formula", field: null, own: "Milk" },
        { code: "number", field: null, own: "Size" },
        { code: "day", field: null, own: "Since" },
        { code: "flag", field: null, own: "Oily" },
        { code: "choice", field: null, own: "Skin" },
      ],
    ],
  ]);
  // Of Ben nothing is new: his milk is known.
  expect((await post(ctx, id)).report).toMatchObject({ done: 2, same: 1, newMembers: 2, filled: 2 });
  const idOf = async (phone: string) =>
    BigInt(
      (
        await asOwner<{ id: string }>(
          "SELECT member_id AS id FROM member_profile WHERE phone = $1 AND business_id = $2",
          [phone, String(ctx.business.id)],
        )
      )[0]?.id ?? 0,
    );
  const [ann, dot] = [await idOf("+380501110001"), await idOf("+380501110004")];
  const all = new Map<bigint, CustomValue>([
    [milk, "oat"],
    [size, 38.5],
    [since, "2024-02-01"],
    [oily, true],
    [skin, "dry"],
  ]);
  expect(await customValuesOf(ctx, ann)).toEqual(all);
  expect(await customValuesOf(ctx, dot)).toEqual(new Map([[oily, false]]));
  expect(await customValuesOf(ctx, ben)).toEqual(new Map([[milk, "almond"]]));
  // The same once more changes nothing; a second file fills what is still empty, of those who were here, too.
  expect((await post(ctx, await bring(ctx, "members", OWN))).report).toMatchObject({
    done: 0,
    same: 3,
    filled: 0,
  });
  const more = await bring(ctx, "members", "Phone;Size;Milk\n+380501110002;40;soy\n+380501110004;41;soy\n");
  expect((await post(ctx, more)).report).toMatchObject({ done: 2, newMembers: 0, filled: 2 });
  expect(await customValuesOf(ctx, ben)).toEqual(
    new Map<bigint, CustomValue>([
      [milk, "almond"],
      [size, 40],
    ]),
  );
  await setCustomValues(ctx, { memberId: dot, values: [{ fieldId: milk, value: "rice" }] });
  await integrations.undoImport(ctx, more);
  await integrations.runImport(ctx, more);
  expect(await customValuesOf(ctx, ben)).toEqual(new Map([[milk, "almond"]]));
  // What somebody wrote over it since is theirs.
  expect(await customValuesOf(ctx, dot)).toEqual(
    new Map<bigint, CustomValue>([
      [oily, false],
      [milk, "rice"],
    ]),
  );
  await integrations.undoImport(ctx, id);
  await integrations.runImport(ctx, id);
  expect(await members(ctx)).toBe(1);
  const [left] = await asOwner<{ n: string }>(
    "SELECT count(*) AS n FROM member_fields WHERE business_id = $1",
    [String(ctx.business.id)],
  );
  expect(left?.n).toBe("1");
});
