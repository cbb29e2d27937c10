/** What journeys and messages give: once, for as long as they say, to nobody else, and never promised when it could not be given. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { saveTemplate, sendDue } from "@/lib/messaging";
import { drain } from "@/lib/platform/outbox";
import { archiveReward, entitlements, makeCodes, personalCodes, redeemPromo, savePromo } from "@/lib/program";
import { customer } from "@/lib/sales";
import { minters } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { rule } from "@/tests/support/messages";
import { newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import { advanceDue, createJourney, goLive, journey, LISTENED, onEvents, report } from ".";
import { emptyDefinition, type Step } from "./schema";

let ctx: Context;
let phone = 380_680_000_000;
const someone = async () => await newMember(ctx, `+${(phone += 1)}`);
beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  await rule(ctx, { assumed: ["push", "email", "sms", "telegram", "inbox"] });
});

/** Lets everything happen that is due, and sends what was queued. */
async function pass(now: Date): Promise<void> {
  await drain([{ name: "journeys", types: LISTENED, handle: onEvents }], () => now);
  await advanceDue(() => now);
  await sendDue({ minters, now: () => now });
}
const saying = (text: string): Step => ({
  kind: "message",
  id: "say",
  purpose: "marketing",
  about: "offer",
  channels: ["inbox"],
  templateId: null,
  content: { locales: { en: { title: "For you", text } } },
});
async function start(steps: Step[]): Promise<bigint> {
  const definition = {
    ...emptyDefinition,
    controlBps: 0,
    triggers: [{ kind: "event" as const, match: { type: "member.joined", where: [] } }],
    steps,
  };
  const id = await createJourney(ctx, { kind: "journey", name: "Gifts", definition, preset: null });
  await goLive(ctx, { id, revision: 1, moves: false });
  return id;
}
const stop = async (id: bigint) => await asOwner("UPDATE journey SET state = 'stopped' WHERE id = $1", [id]);
const said = async (memberId: bigint) =>
  (
    await asOwner<{ state: string; refusal: string | null; text: string | null }>(
      "SELECT state, refusal, rendered->>'text' AS text FROM message WHERE member_id = $1 ORDER BY id",
      [memberId],
    )
  ).map(({ state, refusal, text }) => text ?? `${state} ${refusal}`);
const NOTHING = { button: undefined, url: undefined, subject: undefined, mail: undefined, sms: undefined };
const PROMO = {
  id: null,
  name: "Come back",
  kind: "unique",
  code: null,
  brings: { kind: "points", points: 2_500n, days: 3 },
  limitTotal: null,
  limitPerMember: 1,
  onlyNew: false,
  startsOn: null,
  endsOn: null,
} as const;

describe("steps", () => {
  test("points, a code of one's own and a reward, each until its day, named by the message below them", async () => {
    const promoId = await savePromo(ctx, PROMO);
    await makeCodes(ctx, promoId, 2);
    const rewardId = await newReward(ctx, { stock: 5 });
    const id = await start([
      { kind: "points", id: "p", points: 10_000, days: 5 },
      { kind: "promo", id: "c", promoId: promoId.toString(), days: 7 },
      { kind: "reward", id: "r", rewardId: rewardId.toString(), days: 9 },
      saying("{offerPoints} and {promoCode} and {reward} until {offerUntil}"),
    ]);
    const [ann, bob] = [await someone(), await someone()];
    await pass(NOON);
    // A worker that comes again, and one that forgot where everybody was, give nothing twice.
    await asOwner("UPDATE journey_run SET state = 'active', step = 'p', due_at = $2 WHERE journey_id = $1", [
      id,
      NOON,
    ]);
    await pass(NOON);
    const [own] = await personalCodes(ctx, ann);
    expect(own).toMatchObject({
      name: "Come back",
      points: 2_500n,
      expiresAt: new Date("2026-03-17T22:00:00Z"),
    });
    expect(await said(ann)).toEqual([`100 and ${own?.code} and Coffee until 19 Mar 2026`]);
    expect(await customer(ctx, { memberId: ann })).toMatchObject({
      available: 10_000n,
      expiresAt: new Date("2026-03-15T22:00:00Z"),
    });
    expect(await entitlements(ctx, ann)).toMatchObject([
      { name: "Coffee", expiresAt: new Date("2026-03-19T22:00:00Z") },
    ]);
    expect(await asOwner("SELECT stock FROM reward WHERE id = $1", [rewardId])).toEqual([{ stock: 3 }]);
    const code = own?.code ?? "";
    await expect(redeemPromo(ctx, { memberId: bob, code, key: null })).rejects.toThrow("promo_unknown");
    await expect(redeemPromo(at(ctx, days(NOON, 9)), { memberId: ann, code, key: null })).rejects.toThrow(
      "promo_not_now",
    );
    expect(await redeemPromo(ctx, { memberId: ann, code, key: null })).toMatchObject({ points: 2_500n });
    expect(await personalCodes(ctx, ann)).toEqual([]);
    expect((await report(ctx, id)).cost.points).toBe(20_000n);
    await stop(id);
  });

  test("the last piece goes to one, and the other is promised nothing", async () => {
    const rewardId = await newReward(ctx, { name: "Cake", stock: 1 });
    const id = await start([
      { kind: "reward", id: "r", rewardId: rewardId.toString(), days: null },
      saying("{reward} is yours"),
    ]);
    const two = [await someone(), await someone()];
    await pass(NOON);
    const all = (await Promise.all(two.map(said))).flat().toSorted();
    expect(all).toEqual(["Cake is yours", "refused mint_refused"]);
    const outcomes = await asOwner(
      "SELECT outcome FROM journey_effect WHERE journey_id = $1 AND step = 'r' ORDER BY 1",
      [id],
    );
    expect(outcomes).toEqual([{ outcome: "done" }, { outcome: "reward_sold_out" }]);
    await stop(id);
  });

  test("a reward that is gone pauses the journey with its reason, where everybody stands", async () => {
    const rewardId = await newReward(ctx, { name: "Tea" });
    const id = await start([{ kind: "reward", id: "r", rewardId: rewardId.toString(), days: null }]);
    await expect(archiveReward(ctx, rewardId, true)).rejects.toMatchObject({ code: "in_use" });
    await asOwner("UPDATE reward SET archived_at = now() WHERE id = $1", [rewardId]);
    const ann = await someone();
    await pass(NOON);
    expect(await journey(ctx, id)).toMatchObject({
      state: "paused",
      reason: "reward_gone",
      states: { active: 1 },
    });
    expect(await entitlements(ctx, ann)).toEqual([]);
  });
});

test("templates give along: points, a code and a reward made for each member at the moment of sending", async () => {
  const promoId = await savePromo(ctx, { ...PROMO, name: "By letter" });
  const rewardId = await newReward(ctx, { name: "Muffin" });
  const { templateId } = await saveTemplate(ctx, {
    templateId: null,
    basedOn: 0,
    name: "Gift",
    purpose: "marketing",
    kind: "offer",
    content: {
      locales: { en: { ...NOTHING, title: "Hi", text: "{offerPoints}, {promoCode}, {reward}" } },
      offers: [
        { kind: "points", with: { points: 30, days: 5 } },
        { kind: "promo_code", with: { promoId: promoId.toString(), days: 2 } },
        { kind: "reward", with: { rewardId: rewardId.toString(), days: 4 } },
      ],
    },
  });
  const id = await start([{ ...saying(""), content: null, templateId: templateId.toString() } as Step]);
  const [ann, bob] = [await someone(), await someone()];
  await pass(NOON);
  await asOwner("UPDATE message SET state = 'queued', rendered = NULL, due_at = $2 WHERE member_id = $1", [
    ann,
    NOON,
  ]);
  await pass(NOON);
  const codes = [...(await personalCodes(ctx, ann)), ...(await personalCodes(ctx, bob))].map(
    ({ code }) => code,
  );
  expect(new Set(codes).size).toBe(2);
  expect(await said(ann)).toEqual([`30, ${codes[0]}, Muffin`]);
  expect(await customer(ctx, { memberId: ann })).toMatchObject({
    available: 3_000n,
    expiresAt: new Date("2026-03-15T22:00:00Z"),
  });
  expect(await entitlements(ctx, ann)).toHaveLength(1);
  expect((await report(ctx, id)).cost.points).toBe(6_000n);
});
