/** Habits as they are read from what was recorded: given back bills do not count, names and categories are today's. */
import { expect, test } from "vitest";
import { preferences } from "@/lib/insights";
import { record, refund } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

test("a member's habits come from their own last purchases that stand", async () => {
  const ctx = await newBusiness();
  const memberId = await newMember(ctx, "+380670004455");
  const b = ctx.business.id;
  await asOwner(
    `INSERT INTO item (business_id, id, kind, name, category, price_minor, created_at)
     VALUES ($1, 7, 'service', 'Haircut', 'Hair', 10000, $2)`,
    [b, NOON],
  );
  await asOwner("INSERT INTO location (business_id, id, name, created_at) VALUES ($1, 5, 'Podil', $2)", [
    b,
    NOON,
  ]);
  await asOwner(
    "INSERT INTO staff (business_id, id, name, role, created_at) VALUES ($1, 3, 'Olha', 'cashier', $2)",
    [b, NOON],
  );
  const buy = async (day: number, totalMinor: bigint) => {
    const receipt = {
      totalMinor,
      points: 0n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    return await record(at(ctx, days(NOON, day)), {
      by: { memberId },
      receipt,
      lines: [{ itemId: 7n, name: "Cut (old name)", quantity: 1, amountMinor: totalMinor }],
      key: null,
      staffId: 3n,
      locationId: 5n,
      source: "desk",
    });
  };
  expect(await preferences(ctx, memberId)).toEqual({ habits: null, gapDays: null });
  for (const week of [0, 1, 2]) await buy(week * 7, 10_000n + BigInt(week) * 1_000n);
  const wrong = await buy(22, 900_000n);
  await refund(at(ctx, days(NOON, 23)), {
    operationId: wrong.operationId,
    partMinor: null,
    key: null,
    staffId: null,
    locationId: null,
    source: "desk",
  });
  const { habits } = await preferences(ctx, memberId);
  expect(habits).toMatchObject({
    visits: 3,
    days: 3,
    items: [{ name: "Haircut", days: 3, amountMinor: 33_000n }],
    categories: [{ name: "Hair", days: 3 }],
    staff: { value: "Olha", share: 1 },
    location: { value: "Podil", share: 1 },
    weekdays: [0, 3, 0, 0, 0, 0, 0], // the tenth of March 2026 is a Tuesday
    weekday: { value: 2, share: 1 },
    hour: { value: 12 }, // ten in UTC is noon in Kyiv
    billMinor: 11_000n,
  });
  expect((await preferences(await newBusiness(), memberId)).habits).toBeNull();
});
