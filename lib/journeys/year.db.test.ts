/** A year with every ready-made journey: each begun by what really begins it, and read in the inbox and in the mailbox. */
import { expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { addDays, dayOf, instantAt } from "@/lib/kernel/time";
import { sendDue } from "@/lib/messaging";
import { drain } from "@/lib/platform/outbox";
import { handlers, minters } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { reachable, rule } from "@/tests/support/messages";
import { buy, newReward } from "@/tests/support/rewards";
import { at, NOON, newBusiness } from "@/tests/support/world";
import { advanceDue, createJourney, goLive, lookAfter } from ".";
import { offered, type Ready, readyMade } from "./ready/model";
import type { Definition } from "./schema";

const SAID: Readonly<Partial<Record<Ready, readonly RegExp[]>>> = {
  welcome: [/^Вітаємо у /, /^Вітальні бали скоро згорять$/],
  after_service: [/^Тиждень після стрижки$/],
  sleeping: [/^Минув місяць$/, /^Подарунок, що згорить за п'ять днів$/, /^Будемо раді побачити вас знову$/],
  birthday: [/^З днем народження/],
  anniversary: [/^Ми разом уже рік$/],
  burning: [/^Скоро згорить балів: \d/],
  referral: [/^Сподобалося\? Покличте друга$/],
  near_tier: [/^Один крок до наступного рівня$/],
};

/** What a business chooses itself: which goods, which reward. */
function chosen(name: Ready, rewardId: bigint): Definition {
  const made = readyMade(name);
  return {
    ...made,
    controlBps: 0,
    triggers: made.triggers.map((trigger) =>
      trigger.kind === "event" && name === "after_service"
        ? {
            ...trigger,
            match: { ...trigger.match, where: [{ property: "category", op: "is", value: "Hair" }] },
          }
        : trigger,
    ),
    steps: made.steps.map((step) =>
      step.kind === "reward" ? { ...step, rewardId: rewardId.toString() } : step,
    ),
  };
}

async function pass(now: Date): Promise<void> {
  await drain(handlers, () => now);
  await lookAfter(() => now);
  await advanceDue(() => now);
  await sendDue({ minters, now: () => now });
}

const noon = (ctx: Context, days: number) =>
  instantAt(addDays(dayOf(NOON, ctx.business.zone), days), 12 * 60, ctx.business.zone);

test("a year with every ready-made journey", async () => {
  const ctx = await newBusiness();
  await rule(ctx, { assumed: ["push", "email", "inbox"] });
  await asOwner(
    `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at)
     VALUES ($1, 907, 'service', 'Haircut', 'Hair', 40000, now())`,
    [ctx.business.id],
  );
  const rewardId = await newReward(ctx, { name: "Colouring −20 %", effect: { kind: "percent", bps: 2_000 } });
  for (const name of offered()) {
    const made = { kind: "journey", name, definition: chosen(name, rewardId), preset: name } as const;
    await goLive(ctx, { id: await createJourney(ctx, made), revision: 1, moves: false });
  }
  const memberId = await reachable(ctx, undefined);
  const birthday = `1990${addDays(dayOf(NOON, ctx.business.zone), 100).slice(4)}`;
  await asOwner("UPDATE member_profile SET birth_date = $2 WHERE member_id = $1", [memberId, birthday]);
  for (const day of [0, 10, 11]) await pass(noon(ctx, day));
  // Two hundred short of the first tier, by a haircut.
  const lines = [{ itemId: 907n, name: "Haircut", quantity: 1, amountMinor: 980_000n }];
  await buy(at(ctx, noon(ctx, 12)), memberId, 980_000n, { lines });
  for (const day of [12, 13, 14, 15, 16, 19, 20, 42, 43, 73, 74, 75, 100, 104, 105, 106])
    await pass(noon(ctx, day));
  const lots = await asOwner<{ at: Date }>(
    "SELECT expires_at AS at FROM lot WHERE member_id = $1 AND remaining >= 5000 AND expires_at > $2",
    [memberId, noon(ctx, 120)],
  );
  const eves = lots.map((lot) => Math.round((lot.at.getTime() - noon(ctx, 0).getTime()) / 86_400_000));
  const last = [365 + 12, ...eves.flatMap((day) => [day - 9, day - 8, day - 7])];
  for (const day of [...new Set(last)].toSorted((a, b) => a - b)) await pass(noon(ctx, day));

  const inbox = await asOwner<{ name: string; title: string; channel: string }>(
    `SELECT j.name, m.rendered->>'title' AS title, m.channel FROM message m JOIN journey j ON j.id::text = m.source_id
     WHERE m.member_id = $1 AND m.released_at IS NOT NULL ORDER BY m.id`,
    [memberId],
  );
  const letters = await asOwner<{ subject: string }>("SELECT subject FROM mail WHERE recipient = $1", [
    `m${memberId}@example.com`,
  ]);
  expect(Object.keys(SAID).toSorted()).toEqual([...offered()].toSorted());
  for (const [name, titles] of Object.entries(SAID))
    for (const title of titles) {
      const own = inbox.filter((one) => one.name === name && title.test(one.title));
      expect(
        own.map((one) => one.channel),
        `${name} ${title}`,
      ).toEqual(["email"]);
      expect(
        letters.filter(({ subject }) => title.test(subject)),
        `letter ${title}`,
      ).toHaveLength(1);
    }
});
