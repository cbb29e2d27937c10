/** Custom fields: their limits, what they take, and whose they are. */
import { beforeEach, expect, test } from "vitest";
import type { Context, Role } from "@/lib/access";
import {
  archiveCustomField,
  customFields,
  customValuesOf,
  moveCustomField,
  saveCustomField,
  setCustomValues,
} from "@/lib/members";
import { asOwner } from "@/tests/support/database";
import { refusal } from "@/tests/support/doors";
import { newBusiness, newMember } from "@/tests/support/world";
import { CUSTOM_FIELDS_MAX, type CustomKind } from "./model";

let ctx: Context;
let memberId: bigint;
let phone = 380_671_000_000;

beforeEach(async () => {
  ctx = await newBusiness();
  memberId = await newMember(ctx, `+${(phone += 1)}`);
});

const make = async (name: string, kind: CustomKind, options: string[] = [], own = ctx) =>
  await saveCustomField(own, { id: null, name, kind, options });
const set = async (fieldId: bigint, value: string | number | boolean | null, own = ctx) =>
  await setCustomValues(own, { memberId, values: [{ fieldId, value }] });
const as = (role: Role): Context => ({ ...ctx, actor: { kind: "staff", id: 1n, role, name: role } });

test.each<[CustomKind, (string | number | boolean)[], (string | number | boolean)[]]>([
  ["text", ["oat milk"], ["", "  ", 5, "x".repeat(501)]],
  ["number", [0, -2.5, 1e12], ["5", 1.234, Number.NaN, 1e13]],
  ["day", ["2024-02-29"], ["2023-02-29", "29.02.2024", "1899-12-31", 20240229]],
  ["flag", [true, false], ["true", 1]],
  ["choice", ["oily"], ["Oily", "", true]],
])("a field of %s takes what is of its kind and nothing else", async (kind, good, bad) => {
  const id = await make("Own", kind, kind === "choice" ? ["dry", "oily"] : []);
  for (const value of good) {
    await set(id, value);
    expect((await customValuesOf(ctx, memberId)).get(id)).toBe(value);
  }
  for (const value of bad) expect(await refusal(set(id, value)), String(value)).toBe("invalid");
  expect((await customValuesOf(ctx, memberId)).get(id)).toBe(good.at(-1));
  await set(id, null);
  expect((await customValuesOf(ctx, memberId)).size).toBe(0);
});

test("setting one field leaves the others, one bad value leaves all", async () => {
  const [milk, size] = [await make("Milk", "text"), await make("Size", "number")];
  await set(milk, "oat");
  await set(size, 42);
  const both = setCustomValues(ctx, {
    memberId,
    values: [
      { fieldId: milk, value: "soy" },
      { fieldId: size, value: "large" },
    ],
  });
  expect(await refusal(both)).toBe("invalid");
  expect(new Set((await customValuesOf(ctx, memberId)).values())).toEqual(new Set([42, "oat"]));
});

test("names are one's own among those in use; there are fifty at most; the kind stays", async () => {
  const first = await make("F0", "text");
  for (let no = 1; no < CUSTOM_FIELDS_MAX; no += 1) await make(`F${no}`, "text");
  expect(await refusal(make("One more", "text"))).toBe("limit_reached");
  await archiveCustomField(ctx, first, true);
  expect(await refusal(set(first, "x"))).toBe("not_found");
  const again = await make("F0", "number");
  expect(await refusal(archiveCustomField(ctx, first, false))).toBe("limit_reached");
  await archiveCustomField(ctx, again, true);
  await make("F0", "day");
  const rename = saveCustomField(ctx, { id: first, name: "F1", kind: "number", options: [] });
  expect(await refusal(rename)).toBe("invalid");
});

test("fields move among those in use", async () => {
  const [a, b, c] = [await make("A", "text"), await make("B", "text"), await make("C", "text")];
  const order = async () =>
    (await customFields(ctx)).flatMap(({ name, archivedAt }) => (archivedAt ? [] : [name])).join("");
  await archiveCustomField(ctx, b, true);
  await moveCustomField(ctx, c, -1);
  expect(await order()).toBe("CA");
  await moveCustomField(ctx, c, -1);
  expect(await order()).toBe("CA");
  expect(await refusal(moveCustomField(ctx, b, 1))).toBe("not_found");
  await moveCustomField(ctx, a, -1);
  expect(await order()).toBe("AC");
});

test("who may make fields, who may fill them in, and that neither reaches another business", async () => {
  const id = await make("Milk", "text");
  expect(await refusal(make("X", "text", [], as("cashier")))).toBe("forbidden");
  expect(await refusal(make("X", "text", [], as("marketer")))).toBe("forbidden");
  await make("X", "text", [], as("manager"));
  await set(id, "oat", as("cashier"));
  const other = await newBusiness();
  expect(await customFields(other)).toEqual([]);
  expect((await customValuesOf(other, memberId)).size).toBe(0);
  expect(await refusal(set(id, "theirs", other))).toBe("not_found");
  const theirs = await newMember(other, `+${(phone += 1)}`);
  const across = setCustomValues(other, { memberId: theirs, values: [{ fieldId: id, value: "x" }] });
  expect(await refusal(across)).toBe("not_found");
  const trail = await asOwner<{ detail: object }>(
    "SELECT detail FROM audit WHERE business_id = $1 AND action = 'member.fields'",
    [ctx.business.id],
  );
  expect(trail).toHaveLength(1);
  expect(JSON.stringify(trail)).not.toContain("oat");
});
