/** Families, and what a business holds of one person. */
import { expect, test } from "vitest";
import { exportPerson } from "@/lib/integrations";
import { editHousehold, householdOf, joinHousehold, leaveHousehold, mergeMembers } from "@/lib/members";
import { record } from "@/lib/sales";
import { newBusiness, newMember } from "@/tests/support/world";

const by = { key: null, staffId: null, locationId: null, source: "desk" as const };
const receipt = {
  totalMinor: 20_000n,
  points: 0n,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  cashMinor: null,
  number: null,
};

test("a family is made, named, paid for, left; one member is of one family", async () => {
  const ctx = await newBusiness();
  const other = await newBusiness();
  const [mum, dad, kid, friend] = [
    await newMember(ctx, "+380671110001"),
    await newMember(ctx, "+380671110002"),
    await newMember(ctx, "+380671110003"),
    await newMember(ctx, "+380671110004"),
  ];
  await record(ctx, { by: { memberId: mum }, receipt, ...by });
  await record(ctx, { by: { memberId: kid }, receipt, ...by });
  await joinHousehold(ctx, { memberId: mum, otherId: dad, name: "Koval" });
  await joinHousehold(ctx, { memberId: dad, otherId: kid, name: null });
  await editHousehold(ctx, { memberId: kid, name: "Kovalenko", payerId: mum });
  expect(await householdOf(ctx, dad)).toMatchObject({
    name: "Kovalenko",
    cashSpentMinor: 40_000n,
    visits: 2,
  });
  expect((await householdOf(ctx, dad))?.members.map(({ id, isPayer }) => [id, isPayer])).toEqual([
    [mum, true],
    [dad, false],
    [kid, false],
  ]);
  await expect(joinHousehold(ctx, { memberId: friend, otherId: kid, name: "X" })).rejects.toThrow(
    "in_household",
  );
  await expect(joinHousehold(other, { memberId: mum, otherId: friend, name: "X" })).rejects.toThrow(
    "not_found",
  );
  await expect(editHousehold(ctx, { memberId: mum, name: "X", payerId: friend })).rejects.toThrow(
    "not_found",
  );
  expect(await householdOf(other, mum)).toBeUndefined();
  await mergeMembers(ctx, { survivorId: mum, loserId: dad });
  expect((await householdOf(ctx, mum))?.members.map(({ id }) => id)).toEqual([mum, kid]);
  await leaveHousehold(ctx, kid);
  expect(await householdOf(ctx, mum)).toBeUndefined();
});

test("a person's document holds what the business holds, and is the person's or the office's", async () => {
  const ctx = await newBusiness();
  const memberId = await newMember(ctx, "+380671110005");
  const twin = await newMember(ctx, "+380671110006");
  const lines = [{ itemId: null, name: "Haircut", quantity: 1, amountMinor: 20_000n }];
  await record(ctx, { by: { memberId }, receipt, lines, ...by });
  await record(ctx, { by: { memberId: twin }, receipt, ...by });
  await mergeMembers(ctx, { survivorId: memberId, loserId: twin });
  const own = { ...ctx, actor: { kind: "member", id: memberId, personId: 1n } } as const;
  const document = JSON.parse(await exportPerson(own, memberId)) as Record<string, unknown[]>;
  expect(document.memberProfile).toMatchObject([{ phone: "+380671110005" }]);
  expect(document.operation).toHaveLength(2);
  expect(document.operationLine).toMatchObject([{ name: "Haircut" }]);
  expect(document.transfer?.length).toBeGreaterThan(3);
  expect(document.lot?.length).toBeGreaterThan(0);
  await expect(exportPerson(own, twin)).rejects.toThrow("forbidden");
  const cashier = { ...ctx, actor: { kind: "staff", id: 1n, role: "cashier", name: "C" } } as const;
  await expect(exportPerson(cashier, memberId)).rejects.toThrow("forbidden");
  await expect(exportPerson(await newBusiness(), memberId)).rejects.toThrow("not_found");
});
