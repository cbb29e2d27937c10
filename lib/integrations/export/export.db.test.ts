/** The members' file brings the business's own fields, each under its own name, and nobody else's. */
import { expect, test } from "vitest";
import { exportRows, exportShape } from "@/lib/integrations";
import { archiveCustomField, saveCustomField, setCustomValues } from "@/lib/members";
import { newBusiness, newMember } from "@/tests/support/world";

test("a business's own fields are columns of the members' file", async () => {
  const ctx = await newBusiness();
  const memberId = await newMember(ctx, "+380670007788");
  await newMember(ctx, "+380670007789");
  const make = async (name: string, kind: "text" | "number") =>
    await saveCustomField(ctx, { id: null, name, kind, options: [] });
  const [milk, phone, gone] = [
    await make("Milk", "text"),
    await make("Phone", "number"),
    await make("X", "text"),
  ];
  const values = [
    { fieldId: milk, value: "oat" },
    { fieldId: phone, value: 6.5 },
    { fieldId: gone, value: "away" },
  ];
  await setCustomValues(ctx, { memberId, values });
  await archiveCustomField(ctx, gone, true);
  const { columns, own } = await exportShape(ctx, "members");
  expect(columns.slice(-2)).toEqual(["Milk", "Phone *"]);
  const rows = (await Array.fromAsync(exportRows(ctx, "members", own))).flat();
  expect(rows.map((cells) => cells.length)).toEqual([columns.length, columns.length]);
  expect(rows.map((cells) => cells.slice(-2))).toEqual([
    ["oat", "6.5"],
    [null, null],
  ]);
  expect((await exportShape(await newBusiness(), "members")).own).toEqual([]);
});
