/** The proof itself: sound books pass, and a breach of each rule is named. */
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { mergeMembers, showCode } from "@/lib/members";
import { giveReward, holdEntitlement, sellCertificate } from "@/lib/program";
import { grant, record, refund } from "@/lib/sales";
import { asOwner } from "../../tests/support/database";
import { buy, newReward, newStamps } from "../../tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "../../tests/support/world";
import { booksOf, expireDue } from "./index";

const prove = () => booksOf((sql, values) => asOwner(sql, values));

beforeAll(async () => {
  const ctx = await newBusiness({ welcome: null, earnedDays: 30 });
  const memberId = await newMember(ctx, "+380401111111");
  const other = await newMember(ctx, "+380402222222");
  const bill = { totalMinor: 100_000n, skipMinor: 0n, unredeemableMinor: 0n, cashMinor: null, number: null };
  const by = { staffId: null, locationId: null, source: "desk" as const };
  const bought = await record(ctx, {
    by: { memberId },
    receipt: { ...bill, points: 0n },
    key: "first-buy",
    ...by,
  });
  const later = at(ctx, days(NOON, 2));
  await grant(later, { memberId, points: 2_000n, comment: null, key: "a-gift", source: "office" });
  const { code } = await showCode(later, memberId);
  await record(later, { by: { code }, receipt: { ...bill, points: 6_000n }, key: "second-buy", ...by });
  // What was earned first is spent by now: taking it back leaves a debt, which expiring points settle.
  await refund(later, { operationId: bought.operationId, partMinor: null, key: "undo-first", ...by });
  await expireDue(days(NOON, 60));
  await record(later, { by: { memberId: other }, receipt: { ...bill, points: 0n }, key: "third-buy", ...by });
  await bringEverything(later, other);
  const third = await newMember(ctx, "+380403333333");
  await grant(later, { memberId: third, points: 3_000n, comment: null, key: "merged", source: "office" });
  await mergeMembers(later, { survivorId: other, loserId: third });
});

/** A purchase with a certificate, a stamp and a use of something held. */
async function bringEverything(ctx: Context, memberId: bigint): Promise<void> {
  const rewardId = await newReward(ctx);
  await newStamps(ctx, rewardId);
  const plain = { validDays: null, memberId: null, greeting: null };
  const { code } = await sellCertificate(ctx, { ...plain, amountMinor: 50_000n }, null);
  const gift = await giveReward(ctx, { memberId, rewardId, key: null, validDays: null, comment: null });
  const hold = await holdEntitlement(ctx, {
    entitlementId: gift.id,
    key: null,
    staffId: null,
    locationId: null,
  });
  await buy(ctx, memberId, 20_000n, { brings: { holds: [hold.id], certificate: code } });
}

const WITHOUT_GUARD =
  "ALTER TABLE transfer DISABLE TRIGGER immutable; ALTER TABLE audit DISABLE TRIGGER immutable;";

/** For each rule the smallest lie that breaks it. */
const LIES: Readonly<Record<string, string>> = {
  "all accounts together are zero: what members hold was issued, and neither redeemed nor burned":
    "UPDATE member_stats SET points = points + 1",
  "the settlement account is empty":
    "UPDATE transfer SET points = points + 1 WHERE reason = 'settle' AND credit = 'settlement'",
  "a lot's remainder is the sum of its transfers, its breakage too": "UPDATE lot SET expired = expired + 1",
  "every transfer belongs to a lot of its member": "UPDATE transfer SET lot_id = lot_id + 1",
  "what merges took from one member, another has":
    "UPDATE transfer SET points = points + 1 WHERE reason = 'merge' AND credit = 'settlement'",
  "who was merged into another holds nothing":
    "UPDATE lot SET remaining = 1 WHERE member_id IN (SELECT value::bigint FROM member_alias WHERE kind = 'id')",
  "every transfer of an operation is its member's, or of whom was merged into them":
    "UPDATE transfer SET operation_id = operation_id + 1 WHERE operation_id IS NOT NULL",
  "a member's points are the sum of their lots": "UPDATE lot SET remaining = remaining + 1",
  "a purchase earned and spent what its transfers say":
    "UPDATE operation SET points_earned = points_earned + 1 WHERE kind = 'purchase'",
  "a refund returned and took back what its transfers say":
    "UPDATE operation SET points_earned = points_earned - 1 WHERE kind = 'refund'",
  "a grant gave or deducted what its transfers say": "DELETE FROM transfer WHERE reason = 'give'",
  "a purchase's bill adds up": "UPDATE operation SET cash_minor = cash_minor - 1 WHERE kind = 'purchase'",
  "refunds of a purchase add up and are complete when it is canceled":
    "UPDATE operation SET refunded_minor = refunded_minor - 1 WHERE refunded_minor > 0",
  "a member's visits and spend are a recount of their purchases":
    "UPDATE member_stats SET visits = visits + 1",
  "what a purchase did besides is its member's, and is undone when it is canceled":
    "UPDATE operation_effect SET member_id = member_id + 1",
  "a certificate's balance is the sum of its entries, and what it was sold for is the first of them":
    "UPDATE certificate SET balance_minor = balance_minor + 1",
  "a purchase paid by certificate took that much from certificates, less what refunds gave back":
    "UPDATE operation_effect SET amount = amount + 1 WHERE kind = 'certificate'",
  "a member's stamps are those of their purchases": "UPDATE stamp_card SET stamps = stamps + 1",
  "an entitlement was used as often as its confirmed uses say":
    "UPDATE entitlement_use SET state = 'undone' WHERE state = 'confirmed'",
  "every kept key points at its operation, or at the reward it queued":
    "UPDATE idempotency SET operation_id = operation_id + 1",
  "every imported purchase is a row of its import, which the trail has as a whole":
    "UPDATE operation SET source = 'import' WHERE kind = 'purchase'",
  "every operation has its audit row": "DELETE FROM audit WHERE action = 'purchase.record'",
};

test("sound books pass, whatever happened", async () => {
  expect(await prove()).toEqual([]);
  const reasons = await asOwner<{ reason: string }>("SELECT DISTINCT reason FROM transfer ORDER BY 1");
  expect(reasons.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["earn", "give", "settle", "spend", "take_back"]),
  );
});

test("every rule has its lie here", async () => {
  const rules: string[] = [];
  await booksOf(
    async () => [],
    (rule) => rules.push(rule),
  );
  expect(Object.keys(LIES).toSorted()).toEqual(rules.toSorted());
});

test.each(Object.entries(LIES))("finds that no longer %s", async (rule, lie) => {
  await asOwner("BEGIN");
  try {
    await asOwner(`${WITHOUT_GUARD} ${lie}`);
    const breaches = await prove();
    expect(breaches.map((breach) => breach.rule)).toContain(rule);
    expect(breaches.find((breach) => breach.rule === rule)?.row).toHaveProperty("business_id");
  } finally {
    await asOwner("ROLLBACK");
  }
});
