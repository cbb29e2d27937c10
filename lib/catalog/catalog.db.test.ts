/** The catalogue: made, found, paged, put away and deleted; what names things keeps them; nobody reaches another's. */
import { beforeEach, expect, test } from "vitest";
import type { Context, Role } from "@/lib/access";
import {
  archiveItem,
  categories,
  deleteCategory,
  deleteItem,
  items,
  renameCategory,
  saveItem,
} from "@/lib/catalog";
import { Refused } from "@/lib/kernel/refusals";
import { addTag, deleteTag, renameTag, setTags, tagCounts } from "@/lib/members";
import { archiveRule, checkRule, programme, saveRule } from "@/lib/program";
import { deskSetting, record } from "@/lib/sales";
import { segmentChoices } from "@/lib/segments";
import { asOwner } from "@/tests/support/database";
import { audited, refusal } from "@/tests/support/doors";
import { newReward, newStamps } from "@/tests/support/rewards";
import { ruleOf } from "@/tests/support/rules";
import { newBusiness, newMember } from "@/tests/support/world";
import { itemQuery } from "./schema";

let ctx: Context;
beforeEach(async () => {
  ctx = await newBusiness();
});

const as = (role: Role, own = ctx): Context => ({
  ...own,
  actor: { kind: "staff", id: 1n, role, name: role },
});
const add = async (name: string, category: string | null = null, own = ctx) =>
  await saveItem(own, { id: null, kind: "service", name, category, priceMinor: 35_000n });
const names = async (query: Parameters<typeof itemQuery.parse>[0] = {}, own = ctx) =>
  (await items(own, itemQuery.parse(query))).items.map(({ name }) => name);
const body = (change: Parameters<typeof ruleOf>[0]) => {
  const { id: _, ...rest } = ruleOf(change);
  return rest;
};
const goods = (change: { items?: bigint[]; categories?: string[] }) => ({
  goods: { isExcept: false, items: [], categories: [], ...change },
});
const addRule = async (name: string, when: ReturnType<typeof goods>) =>
  (await saveRule(ctx, (await programme(ctx)).version, null, body({ name, when }))).ruleId;
async function places(asked: Promise<unknown>): Promise<string[]> {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused) || error.code !== "in_use")
    throw new Error("was not refused for its uses", { cause: error });
  const uses = JSON.parse(String(error.detail.uses)) as { kind: string; name: string }[];
  return uses.map(({ kind, name }) => `${kind} ${name}`);
}
const buy = async (itemId: bigint, name: string) =>
  await record(ctx, {
    by: { phone: "+380671112233" },
    receipt: {
      totalMinor: 35_000n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      points: 0n,
      cashMinor: null,
      number: null,
    },
    lines: [{ itemId, name, quantity: 1, amountMinor: 35_000n }],
    key: null,
    staffId: null,
    locationId: null,
    source: "uds",
  });

test("stands by category and name as people sort them, in pages, found by a part of either", async () => {
  for (const [name, category] of [
    ["Яблуко", "Їжа"],
    ["Їжачок", "Їжа"],
    ["Гоління", "Борода"],
    ["Різне", null],
    ["Абрикос", "Їжа"],
  ] as const)
    await add(name, category);
  const sorted = ["Гоління", "Абрикос", "Їжачок", "Яблуко", "Різне"];
  expect(await names()).toEqual(sorted);
  const paged: string[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await items(ctx, itemQuery.parse({ limit: 2, cursor }));
    paged.push(...page.items.map(({ name }) => name));
    cursor = page.cursor;
    more = cursor !== null;
  }
  expect(paged).toEqual(sorted);
  expect(await names({ cursor: '["tampered' })).toEqual(sorted);
  expect(await names({ search: "їЖ" })).toEqual(["Абрикос", "Їжачок", "Яблуко"]);
  expect(await names({ search: "%" })).toEqual([]);
  expect(await names({ category: "Борода", kind: "service" })).toEqual(["Гоління"]);
  expect(await names({ kind: "good" })).toEqual([]);
});

test("is changed, and refuses a name its category has; letters' case makes no second category", async () => {
  const id = await add("Cut", "Hair");
  await add("Cut", "Beard");
  expect(await refusal(add("cut", "hair"))).toBe("name_taken");
  await add("Colour", "HAIR");
  expect((await categories(ctx)).all).toEqual([
    { name: "Beard", onSale: 1, away: 0 },
    { name: "Hair", onSale: 2, away: 0 },
  ]);
  await saveItem(ctx, { id, kind: "good", name: "Wax", category: null, priceMinor: 0n });
  expect((await items(ctx, itemQuery.parse({ kind: "good" }))).items).toEqual([
    { id, kind: "good", name: "Wax", category: null, priceMinor: 0n, archivedAt: null },
  ]);
  expect(
    await refusal(saveItem(ctx, { id: 1n, kind: "good", name: "X", category: null, priceMinor: 0n })),
  ).toBe("not_found");
});

test("what was put away is offered nowhere, is still called by its name, and comes back", async () => {
  const [id, other] = [await add("Cut", "Hair"), await add("Shave", "Hair")];
  await archiveItem(ctx, id, true);
  expect([await names(), await names({ away: true })]).toEqual([["Shave"], ["Cut"]]);
  expect((await deskSetting(as("cashier"))).items.map((item) => item.id)).toEqual([other]);
  expect((await segmentChoices(ctx)).item).toEqual([
    { value: Number(other), name: "Shave" },
    { value: Number(id), name: "Cut", isOver: true },
  ]);
  const found = await checkRule(ctx, null, body({ name: "Old", when: goods({ items: [id] }) }));
  expect(found.map(({ code }) => code)).toContain("unknown_items");
  const again = await add("Cut", "Hair");
  expect(await refusal(archiveItem(ctx, id, false))).toBe("name_taken");
  await deleteItem(ctx, again);
  await archiveItem(ctx, id, false);
  expect(await names()).toEqual(["Cut", "Shave"]);
});

test("what rules, rewards and stamps name stays, and the refusal says where", async () => {
  const [id, last] = [await add("Cut", "Hair"), await add("Trim", "Beard")];
  const ruleId = await addRule("More for cuts", goods({ items: [id] }));
  const thanks = await newReward(ctx, { name: "A cut", itemId: id });
  await newStamps(ctx, thanks, { name: "Tenth trim", counts: "line", category: "Beard" });
  await addRule("Hair days", goods({ categories: ["Hair"] }));
  expect(await places(archiveItem(ctx, id, true))).toEqual(["reward A cut", "rule More for cuts"]);
  expect(await places(deleteItem(ctx, id))).toEqual(["reward A cut", "rule More for cuts"]);
  expect(await places(renameCategory(ctx, { name: "Hair", to: "Heads" }))).toEqual(["rule Hair days"]);
  expect(await places(deleteCategory(ctx, "Beard"))).toEqual(["stamps Tenth trim"]);
  // A category ends with its last item.
  const moved = { id: last, kind: "service" as const, name: "Trim", category: "Hair", priceMinor: 1n };
  expect(await places(saveItem(ctx, moved))).toEqual(["stamps Tenth trim"]);
  expect(await places(deleteItem(ctx, last))).toEqual(["stamps Tenth trim"]);
  await archiveRule(ctx, (await programme(ctx)).version, ruleId);
  await asOwner("UPDATE reward SET archived_at = now() WHERE id = $1", [thanks]);
  // The rule is gone, but the purchases it priced are explained by it.
  expect(await refusal(deleteItem(ctx, id))).toBe("has_past");
  await archiveItem(ctx, id, true);
});

test("what was sold can be put away but not deleted; what was not is gone", async () => {
  const [sold, never] = [await add("Cut", "Hair"), await add("Idea")];
  await buy(sold, "Cut");
  expect(await refusal(deleteItem(ctx, sold))).toBe("has_past");
  await deleteItem(ctx, never);
  expect(await refusal(deleteItem(ctx, never))).toBe("not_found");
  expect(await names()).toEqual(["Cut"]);
});

test("a category is renamed, joins another, and goes; its items stay", async () => {
  for (const name of ["Cut", "Colour"]) await add(name, "Hair");
  await add("Shave", "Beard");
  await archiveItem(ctx, await add("Perm", "Hair"), true);
  expect(await renameCategory(ctx, { name: "Hair", to: "hair" })).toBe(3);
  expect(await renameCategory(ctx, { name: "hair", to: "BEARD" })).toBe(3);
  expect((await categories(ctx)).all).toEqual([{ name: "Beard", onSale: 3, away: 1 }]);
  expect(await deleteCategory(ctx, "Beard")).toBe(4);
  expect(await refusal(deleteCategory(ctx, "Beard"))).toBe("not_found");
  expect(await names()).toEqual(["Colour", "Cut", "Shave"]);
  const trail = await audited(ctx.business.id);
  expect(trail.filter((action) => action.startsWith("category."))).toEqual([
    "category.rename",
    "category.rename",
    "category.delete",
  ]);
});

test("owners and managers write, cashiers and marketers read, and nobody reaches another business", async () => {
  const id = await add("Cut", "Hair", as("manager"));
  for (const role of ["cashier", "marketer"] as const) {
    expect(await names({}, as(role))).toEqual(["Cut"]);
    expect(await refusal(add("X", null, as(role)))).toBe("forbidden");
    expect(await refusal(archiveItem(as(role), id, true))).toBe("forbidden");
    expect(await refusal(deleteItem(as(role), id))).toBe("forbidden");
    expect(await refusal(deleteCategory(as(role), "Hair"))).toBe("forbidden");
  }
  const other = await newBusiness();
  expect(await names({}, other)).toEqual([]);
  expect(await refusal(archiveItem(other, id, true))).toBe("not_found");
  expect(await refusal(deleteItem(other, id))).toBe("not_found");
  expect(await refusal(deleteCategory(other, "Hair"))).toBe("not_found");
  const edit = { id, kind: "good" as const, name: "Theirs", category: null, priceMinor: 0n };
  expect(await refusal(saveItem(other, edit))).toBe("not_found");
  expect(await names()).toEqual(["Cut"]);
});

test("a tag is renamed and deleted, unless something names it", async () => {
  const [regular, extra] = [await addTag(ctx, "Regular"), await addTag(ctx, "Extra")];
  const memberId = await newMember(ctx, "+380671112244");
  await setTags(ctx, memberId, [regular, extra]);
  const when = { tags: [regular] };
  await saveRule(ctx, (await programme(ctx)).version, null, body({ name: "For regulars", when }));
  expect(await places(deleteTag(ctx, regular))).toEqual(["rule For regulars"]);
  expect(await refusal(renameTag(ctx, { id: extra, name: "Regular" }))).toBe("name_taken");
  await renameTag(ctx, { id: extra, name: "Quiet" });
  expect(await tagCounts(ctx)).toEqual([
    { id: extra, name: "Quiet", members: 1 },
    { id: regular, name: "Regular", members: 1 },
  ]);
  expect(await refusal(deleteTag(as("cashier"), extra))).toBe("forbidden");
  expect(await refusal(deleteTag(await newBusiness(), extra))).toBe("not_found");
  await deleteTag(ctx, extra);
  expect((await tagCounts(ctx)).map(({ name }) => name)).toEqual(["Regular"]);
});
