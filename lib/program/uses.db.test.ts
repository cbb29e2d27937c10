/** What something else stands on is not taken away: the refusal says where it is used. */
import { beforeAll, expect, test } from "vitest";
import { addLocation, archiveLocation, type Context } from "@/lib/access";
import { newId } from "@/lib/kernel/ids";
import {
  archiveReward,
  archiveRule,
  changeProgramme,
  programme,
  saveProgramme,
  saveRule,
} from "@/lib/program";
import { archiveSegment, createSegment } from "@/lib/segments";
import { asOwner } from "@/tests/support/database";
import { newReward, newStamps } from "@/tests/support/rewards";
import { ruleOf } from "@/tests/support/rules";
import { at, days, NOON, newBusiness } from "@/tests/support/world";

let ctx: Context;
beforeAll(async () => {
  ctx = await newBusiness();
});

const body = (change: Parameters<typeof ruleOf>[0]) => {
  const { id: _, ...rest } = ruleOf(change);
  return rest;
};
const version = async () => (await programme(ctx)).version;
const addRule = async (name: string, when: Parameters<typeof ruleOf>[0]["when"] = {}) =>
  (await saveRule(ctx, await version(), null, body({ name, when: when ?? {} }))).ruleId;
const dropRule = async (id: bigint) => await archiveRule(ctx, await version(), id);
/** What a refusal says of the places. */
async function places(asked: Promise<unknown>): Promise<string[]> {
  const refused = await asked.then(
    () => undefined,
    (error: unknown) => error as { code?: string; detail?: { uses?: string } },
  );
  if (!refused) return [];
  expect(refused.code).toBe("in_use");
  const uses = JSON.parse(refused.detail?.uses ?? "[]") as { kind: string; name: string }[];
  return uses.map(({ kind, name }) => `${kind} ${name}`);
}
const addJourney = async (definition: object, state: string) =>
  await asOwner(
    `INSERT INTO journey (business_id, id, kind, name, state, version, draft, created_at)
     VALUES ($1, $2, 'journey', $3, $4, 0, $5, now())`,
    [ctx.business.id, newId(NOON), `Journey ${state}`, state, JSON.stringify(definition)],
  );

test("a segment, in rules of now and of later, rewards, other segments and journeys that go on", async () => {
  const empty = { version: 1 as const, root: { kind: "all" as const, nodes: [] } };
  const id = await createSegment(ctx, { name: "Regulars", rule: empty });
  const asking = { kind: "segment" as const, op: "in" as const, segment: Number(id), forDays: null };
  await createSegment(ctx, {
    name: "Of them",
    rule: { version: 1, root: { kind: "all", nodes: [{ kind: "any", nodes: [asking] }] } },
  });
  await newReward(ctx, { name: "For them", segmentId: id });
  await addJourney(
    { trigger: { kind: "segment", segmentId: id.toString(), on: "entered" }, steps: [] },
    "live",
  );
  await addJourney({ steps: [{ branches: [{ when: { kind: "segment", segmentId: `${id}` } }] }] }, "done");
  const put = [{ id: null, body: body({ name: "Later", when: { segments: [id] } }) }];
  const later = await changeProgramme(ctx, await version(), { put }, days(NOON, 9));
  expect(await places(archiveSegment(ctx, id))).toEqual([
    "journey Journey live",
    "reward For them",
    "rule Later",
    "segment Of them",
  ]);
  expect(later.version).toBeGreaterThan(1);
});

test("a tier, unless what names it changes with it", async () => {
  const ruleId = await addRule("Gold only", { tiers: ["gold"] });
  const rewardId = await newReward(ctx, { name: "Gold cup", tierIds: ["gold"] });
  await addJourney(
    { steps: [{ kind: "branch", predicate: { kind: "tier", tierId: "gold", is: true } }] },
    "draft",
  );
  await createSegment(ctx, {
    name: "On gold",
    rule: {
      version: 1,
      root: {
        kind: "all",
        nodes: [{ kind: "choice", field: "tier", test: { op: "in", values: ["gold"] } }],
      },
    },
  });
  const { version: basedOn, rules: _, ...settings } = await programme(ctx);
  const silver = { ...settings, tiers: settings.tiers.filter(({ id }) => id !== "gold") } as never;
  const named = ["journey Journey draft", "reward Gold cup", "rule Gold only", "segment On gold"];
  expect(await places(saveProgramme(ctx, basedOn, silver))).toEqual(named);
  const everybody = { id: ruleId, body: body({ name: "All", when: {} }) };
  expect(await places(changeProgramme(ctx, basedOn, { settings: silver, put: [everybody] }))).toEqual(
    named.filter((name) => name !== "rule Gold only"),
  );
  await archiveReward(ctx, rewardId, true);
  await asOwner("UPDATE segment SET archived_at = now() WHERE name = 'On gold'");
  await asOwner("UPDATE journey SET state = 'done' WHERE state = 'draft'");
  await changeProgramme(ctx, basedOn, { settings: silver, put: [everybody] });
  expect((await programme(ctx)).tiers.map(({ id }) => id)).toEqual(["silver"]);
});

test("a location, a reward, and a rule that a reward brings", async () => {
  const { id } = await addLocation(ctx, { name: "Centre", address: null });
  await addLocation(ctx, { name: "Station", address: null });
  const ruleId = await addRule("In the centre", { locations: [id] });
  expect(await places(archiveLocation(ctx, { id }))).toEqual(["rule In the centre"]);
  await dropRule(ruleId);
  await archiveLocation(ctx, { id });

  const brought = await addRule("Double", { isHeld: true });
  const rewardId = await newReward(ctx, { name: "Double it", effect: { kind: "rule", ruleId: brought } });
  expect(await places(dropRule(brought))).toEqual(["reward Double it"]);
  await newStamps(ctx, rewardId, { name: "Every third" });
  await addJourney({ steps: [{ kind: "reward", rewardId: rewardId.toString() }] }, "paused");
  expect(await places(archiveReward(ctx, rewardId, true))).toEqual([
    "journey Journey paused",
    "stamps Every third",
  ]);
  expect(await places(archiveReward(at(ctx, days(NOON, 1)), await newReward(ctx), true))).toEqual([]);
});
