import { expect, test } from "vitest";
import { asOwner } from "../../../tests/support/database";
import { bring, members, post, purchases } from "../../../tests/support/imports";
import { newBusiness } from "../../../tests/support/world";
import { lastDays } from "../../analytics";
import { drawn, memberView } from "../../insights";
import { lots } from "../../ledger";
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
