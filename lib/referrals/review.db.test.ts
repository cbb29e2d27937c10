import { expect, test } from "vitest";
import { drain } from "@/lib/platform/outbox";
import { NO_REFERRALS, type ReferralTerms } from "@/lib/program/schema";
import { decideReview, FRIENDLY, rewardFriends } from "@/lib/referrals";
import { record } from "@/lib/sales";
import { asOwner } from "@/tests/support/database";
import { newBusiness, newMember } from "@/tests/support/world";

const OFF = { on: false, rateBps: 0 };
const REFERRAL: ReferralTerms = { ...NO_REFERRALS, levels: [{ on: true, rateBps: 500 }, OFF, OFF] };
const HOW = { key: null, staffId: null, locationId: null, source: "uds" } as const;
const RECEIPT = {
  points: 0n,
  skipMinor: 0n,
  unredeemableMinor: 0n,
  cashMinor: null,
  number: null,
};

/** A friend under review who has bought twice, and news of it that is handled while somebody decides. */
async function decidedMeanwhile(accept: boolean) {
  const ctx = await newBusiness({ welcome: null, referral: REFERRAL });
  const { id } = ctx.business;
  const inviter = await newMember(ctx, "+380501110001");
  const friend = await newMember(ctx, "+380501110002", inviter);
  const hear = (handle: typeof rewardFriends) =>
    drain([{ name: "referrals", types: FRIENDLY, handle }], () => ctx.now);
  await hear(rewardFriends);
  await asOwner("UPDATE referral SET state = 'held' WHERE business_id = $1 AND member_id = $2", [id, friend]);
  const buy = async () =>
    await record(ctx, { ...HOW, by: { memberId: friend }, receipt: { ...RECEIPT, totalMinor: 100_000n } });
  await buy();
  await hear(rewardFriends);
  await buy();

  const handled = Promise.withResolvers<void>();
  const door = Promise.withResolvers<void>();
  const hearing = hear(async (...news) => {
    await rewardFriends(...news);
    handled.resolve();
    await door.promise;
  });
  await handled.promise;
  const deciding = decideReview(ctx, { memberId: friend, accept, reason: "seen" });
  // Long enough for a decision that waits for nobody to be through.
  await new Promise((resolve) => setTimeout(resolve, 500));
  door.resolve();
  await Promise.all([hearing, deciding]);
  return await asOwner<{ state: string; heldBy: bigint | null; points: string }>(
    `SELECT state, held_by AS "heldBy", points FROM referral_reward WHERE business_id = $1`,
    [id],
  );
}

const two = <Row>(row: Row): Row[] => [row, row];

test("a reward held while its friend is being accepted is given with the others", async () => {
  expect(await decidedMeanwhile(true)).toEqual(two({ state: "paid", heldBy: null, points: "5000" }));
});

test("a reward held while its friend is being turned down is dropped with the others", async () => {
  expect(await decidedMeanwhile(false)).toEqual(two({ state: "dropped", heldBy: null, points: "5000" }));
});
