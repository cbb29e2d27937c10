/** What a business's terms for friends come to. */
import type { ReferralTerms } from "./schema";

/** The share of a friend's payment each level gives; zero where it is off. Units: basis points. */
export const referralRates = ({ levels }: Pick<ReferralTerms, "levels">): [number, number, number] => {
  const [first, second, third] = levels;
  const rate = (one: { on: boolean; rateBps: number }) => (one.on ? one.rateBps : 0);
  return [rate(first), rate(second), rate(third)];
};

/** Whether friends are worth anything to anybody under these terms. */
export const rewardsFriends = (one: ReferralTerms): boolean =>
  referralRates(one).some((rate) => rate > 0) ||
  one.invitationPoints > 0n ||
  one.friendJoinPoints > 0n ||
  one.friendFirstPoints > 0n;
