/**
 * A business with one of every mechanic, in the installation under test. `new-mechanics.ts found NAME E-MAIL` says its keys and codes as
 * JSON (its owner's password in KOLO_OWNER_PASSWORD); `new-mechanics.ts night BUSINESS E-MAIL` makes the member's birthday tomorrow and
 * lets the night give what it brings.
 */
import { createApiKey, findBusiness, systemContext } from "@/lib/access";
import { addDays, dayOf } from "@/lib/kernel/time";
import { editMember, listMembers } from "@/lib/members";
import { disconnect } from "@/lib/platform/db";
import {
  giveOccasions,
  makeCodes,
  promoCodes,
  saveOccasion,
  savePromo,
  sellCertificate,
} from "@/lib/program";
import { foundHouse } from "./house";
import { newReward, newStamps } from "./rewards";

const now = new Date();

async function found(name: string, email: string) {
  const perks = [{ kind: "delivery" as const, text: null }];
  const ctx = await foundHouse(name, email, ({ tiers, ...settings }) => ({
    ...settings,
    tiers: tiers.map((tier) =>
      tier.id === "silver"
        ? { ...tier, rateBps: 1_000, spentMinor: 10_000n, gift: { points: 5_000n, days: 30 }, perks }
        : { ...tier, rateBps: 1_500 },
    ),
  }));
  const coffee = await newReward(ctx, { name: "Coffee on us", pricePoints: null });
  await newStamps(ctx, coffee, { name: "Every tenth", needed: 10 });
  await newReward(ctx, { name: "House mug", pricePoints: 10_000n });
  await newReward(ctx, { name: "Three massages", pricePoints: null, priceMinor: 9_000n, uses: 3 });
  const cake = await newReward(ctx, { name: "Birthday cake", pricePoints: null });
  await saveOccasion(ctx, { id: null, kind: "birthday", rewardId: cake, daysBefore: 3, validDays: 7 });
  const promoId = await savePromo(ctx, {
    id: null,
    name: "Letter box",
    kind: "unique",
    code: null,
    brings: { kind: "points", points: 20_000n, days: 10 },
    limitTotal: null,
    limitPerMember: 1,
    onlyNew: false,
    startsOn: null,
    endsOn: null,
  });
  await makeCodes(ctx, promoId, 1);
  const codes: string[] = [];
  for await (const page of promoCodes(ctx, promoId)) codes.push(...page.map(({ code }) => code));
  const gift = { amountMinor: 10_000n, validDays: 365, memberId: null, greeting: null };
  const certificate = await sellCertificate(ctx, gift, null);
  const { key } = await createApiKey(ctx, { name: "Till" });
  const [promo] = codes;
  return {
    companyId: ctx.business.id.toString(),
    slug: ctx.business.slug,
    apiKey: key,
    promo,
    certificate: certificate.code,
  };
}

async function night(businessId: bigint, email: string) {
  const business = await findBusiness({ id: businessId });
  if (!business) throw new Error(`no business ${businessId}`);
  const ctx = systemContext(business, "test", now);
  const page = await listMembers(ctx, { search: email, sort: "newest", limit: 1, cursor: null });
  const [member] = page.rows;
  if (!member) throw new Error(`no member ${email}`);
  const birthDate = `1990${addDays(dayOf(now, business.zone), 1).slice(4)}`;
  const { id: memberId, name, phone } = member;
  await editMember(ctx, { memberId, name, phone, email: member.email, birthDate, gender: null, note: null });
  return { memberId: memberId.toString(), given: await giveOccasions(ctx) };
}

const [, , what, name = "", email = ""] = process.argv;
const said = what === "found" ? await found(name, email) : await night(BigInt(name), email);
console.log(JSON.stringify(said));
await disconnect();
