/** Codes: what they bring, their limits with many at once, and what guessing gets. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { archivePromo, entitlements, makeCodes, promoCodes, redeemPromo, savePromo } from "@/lib/program";
import { CODE_ALPHABET } from "@/lib/program/model";
import { customer } from "@/lib/sales";
import { buy, newReward } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let phones = 380_690_000_000;
let codes = 0;

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
});
const member = async () => await newMember(ctx, `+${(phones += 1)}`);
const PLAIN = {
  id: null,
  name: "Autumn",
  kind: "shared",
  brings: { kind: "points", points: 1_000n, days: 7 },
  limitTotal: null,
  limitPerMember: 1,
  onlyNew: false,
  startsOn: null,
  endsOn: null,
} as const;
async function campaign(change: Partial<Parameters<typeof savePromo>[1]> = {}) {
  const code = `AUTUMN${(codes += 1)}`;
  return { id: await savePromo(ctx, { ...PLAIN, code, ...change }), code };
}
const redeem = async (memberId: bigint, code: string, key: string | null = null) =>
  await redeemPromo(ctx, { memberId, code, key });

describe("a shared code", () => {
  test("brings points with their own lifetime, once a member, however it is written", async () => {
    const { code } = await campaign();
    const memberId = await member();
    expect(await redeem(memberId, ` ${code.toLowerCase().slice(0, 3)}-${code.slice(3)} `)).toMatchObject({
      name: "Autumn",
      points: 1_000n,
    });
    expect(await customer(ctx, { memberId })).toMatchObject({
      available: 1_000n,
      expiresAt: new Date("2026-03-17T22:00:00Z"),
    });
    await expect(redeem(memberId, code)).rejects.toThrow("promo_used");
  });

  test("answers the same for the same key", async () => {
    const { code } = await campaign({ limitPerMember: 5 });
    const memberId = await member();
    await redeem(memberId, code, "promo-key-1");
    await redeem(memberId, code, "promo-key-1");
    expect((await customer(ctx, { memberId }))?.available).toBe(1_000n);
    await expect(redeem(memberId, "OTHER", "promo-key-1")).rejects.toThrow("nonce_conflict");
  });

  test("brings a reward, to newcomers only, in its time only", async () => {
    const rewardId = await newReward(ctx, { name: "Cake" });
    const { code } = await campaign({ brings: { kind: "reward", rewardId }, onlyNew: true });
    const [fresh, old] = [await member(), await member()];
    await buy(ctx, old, 1_000n);
    expect((await redeem(fresh, code)).entitlement).toMatchObject({ name: "Cake", source: "promo" });
    await expect(redeem(old, code)).rejects.toThrow("promo_not_for_you");
    expect(await entitlements(ctx, fresh)).toHaveLength(1);
    const over = await campaign({ endsOn: "2026-03-09" });
    await expect(redeem(old, over.code)).rejects.toThrow("promo_not_now");
    const ended = await campaign();
    await archivePromo(ctx, ended.id, true);
    await expect(redeem(old, ended.code)).rejects.toThrow("promo_not_now");
  });

  test("is used no more often than it may be, by however many at once", async () => {
    const { code } = await campaign({ limitTotal: 3 });
    const many = await Promise.all(Array.from({ length: 8 }, member));
    const used = await Promise.allSettled(many.map((memberId) => redeem(memberId, code)));
    expect(used.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });

  test("belongs to one campaign", async () => {
    const { code } = await campaign();
    await expect(campaign({ code })).rejects.toThrow("name_taken");
  });
});

describe("unique codes", () => {
  test("are many, unlike each other, and each good for one", async () => {
    const { id } = await campaign({ kind: "unique", code: null });
    expect(await makeCodes(ctx, id, 6_000)).toBe(6_000);
    const all = [];
    for await (const page of promoCodes(ctx, id)) all.push(...page.map(({ code }) => code));
    expect(new Set(all).size).toBe(6_000);
    expect(all.every((code) => code.length === 10 && new RegExp(`^[${CODE_ALPHABET}]+$`).test(code))).toBe(
      true,
    );
    const [code = ""] = all;
    const two = await Promise.allSettled([redeem(await member(), code), redeem(await member(), code)]);
    expect(two.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("guessing", () => {
  test("locks a member out, longer with every further try, and forgives who was right", async () => {
    const id = await member();
    const self: Context = { ...ctx, actor: { kind: "member", id, personId: 1n } };
    const guess = async (when = NOON) =>
      await redeemPromo(at(self, when), { memberId: id, code: "NOSUCHCODE", key: null });
    const { code } = await campaign();
    for (let wrong = 0; wrong < 5; wrong += 1) await expect(guess()).rejects.toThrow("promo_unknown");
    await redeemPromo(self, { memberId: id, code, key: null });
    for (let wrong = 0; wrong < 10; wrong += 1) await expect(guess()).rejects.toThrow("promo_unknown");
    await expect(guess()).rejects.toMatchObject({ code: "locked", detail: { retryAfterSeconds: 60 } });
    const later = new Date(NOON.getTime() + 61_000);
    await expect(guess(later)).rejects.toThrow("promo_unknown");
    await expect(guess(later)).rejects.toMatchObject({ code: "locked", detail: { retryAfterSeconds: 120 } });
    await expect(guess(days(NOON, 2))).rejects.toThrow("promo_unknown");
  });

  test("nobody redeems on another's card", async () => {
    const self: Context = { ...ctx, actor: { kind: "member", id: await member(), personId: 1n } };
    const asked = { memberId: await member(), code: "ANY1", key: null };
    await expect(redeemPromo(self, asked)).rejects.toThrow("forbidden");
  });
});
