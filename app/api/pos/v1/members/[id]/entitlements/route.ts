import { route } from "@/lib/access";
import { one } from "@/lib/access/schema";
import { toDecimal } from "@/lib/kernel/money";
import { entitlementJson } from "@/lib/pos/model";
import { certificatesOf, entitlements, stampRows } from "@/lib/program";

/** What a member holds now, what they collect, and the certificates on their card. */
export const GET = route(one, async (ctx, { id }) => {
  const [held, stamps, certificates] = await Promise.all([
    entitlements(ctx, id, { liveOnly: true }),
    stampRows(ctx, id),
    certificatesOf(ctx, id),
  ]);
  return {
    entitlements: held.map((each) => entitlementJson(each, ctx.now)),
    stamps: stamps.map(({ programme, stamps: count }) => ({
      id: programme.id,
      name: programme.name,
      count,
      needed: programme.needed,
      reward: programme.rewardName,
    })),
    certificates: certificates.map(({ id: own, balanceMinor, expiresAt }) => ({
      id: own,
      balance: toDecimal(balanceMinor),
      expiresAt,
    })),
  };
});
