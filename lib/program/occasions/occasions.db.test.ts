/** Personal dates bring their reward some days before, once a year, whatever the calendar and the member do. */
import { expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { enrol } from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { entitlements, giveOccasions, saveOccasion } from "@/lib/program";
import { asOwner } from "@/tests/support/database";
import { newReward } from "@/tests/support/rewards";
import { at, newBusiness } from "@/tests/support/world";

let phones = 380_730_000_000;
async function born(ctx: Context, birthDate: string | null) {
  const phone = `+${(phones += 1)}`;
  const plain = { personId: null, inviterId: null, source: "test", name: null, email: null, gender: null };
  return await withBusiness(ctx.business.id, (tx) => enrol(tx, ctx, { ...plain, phone, birthDate }));
}
const night = (ctx: Context, day: string) => at(ctx, new Date(`${day}T01:00:00Z`));
const held = async (ctx: Context, memberId: bigint) => (await entitlements(ctx, memberId)).length;

test("a birthday brings its reward some days before, valid some days after, once a year", async () => {
  const ctx = await newBusiness({ welcome: null });
  const rewardId = await newReward(ctx, { name: "Birthday cake" });
  await saveOccasion(ctx, { id: null, kind: "birthday", rewardId, daysBefore: 5, validDays: 10 });
  const [soon, later, leap, nobody] = [
    await born(ctx, "1990-03-14"),
    await born(ctx, "1990-03-20"),
    await born(ctx, "1996-02-29"),
    await born(ctx, null),
  ];
  expect(await giveOccasions(night(ctx, "2026-03-10"))).toBe(1);
  expect(await giveOccasions(night(ctx, "2026-03-11"))).toBe(0);
  expect(await entitlements(ctx, soon)).toMatchObject([
    { name: "Birthday cake", source: "birthday", expiresAt: new Date("2026-03-24T22:00:00Z") },
  ]);
  expect([await held(ctx, later), await held(ctx, leap), await held(ctx, nobody)]).toEqual([0, 0, 0]);
  await giveOccasions(night(ctx, "2026-03-16"));
  expect(await held(ctx, later)).toBe(1);
  await asOwner("UPDATE member_profile SET birth_date = '1990-06-01' WHERE member_id = $1", [soon]);
  await giveOccasions(night(ctx, "2026-05-30"));
  expect(await held(ctx, soon)).toBe(1);
  await giveOccasions(night(ctx, "2027-02-25"));
  expect(await held(ctx, leap)).toBe(1);
});

test("the day somebody joined counts from the next year on", async () => {
  const ctx = await newBusiness({ welcome: null });
  const rewardId = await newReward(ctx);
  await saveOccasion(ctx, { id: null, kind: "anniversary", rewardId, daysBefore: 0, validDays: 7 });
  const memberId = await born(ctx, null);
  await giveOccasions(night(ctx, "2026-03-11"));
  expect(await held(ctx, memberId)).toBe(0);
  await giveOccasions(night(ctx, "2027-03-10"));
  expect(await held(ctx, memberId)).toBe(1);
});

test("turns of the year are no gap", async () => {
  const ctx = await newBusiness({ welcome: null });
  const rewardId = await newReward(ctx);
  await saveOccasion(ctx, { id: null, kind: "birthday", rewardId, daysBefore: 7, validDays: 7 });
  const memberId = await born(ctx, "1985-01-02");
  await giveOccasions(night(ctx, "2026-12-28"));
  await giveOccasions(night(ctx, "2027-01-02"));
  expect(await held(ctx, memberId)).toBe(1);
});
