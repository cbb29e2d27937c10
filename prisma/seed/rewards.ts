/** What the demo's businesses give: a catalogue, stamps, codes, a certificate and a present for a birthday. */
import {
  attachCertificate,
  giveReward,
  makeCodes,
  rewards,
  saveOccasion,
  savePromo,
  saveReward,
  saveStampProgramme,
  sellCertificate,
  sellReward,
} from "../../lib/program";
import type { RewardInput } from "../../lib/program/rewards/schema";
import { acting, actorOf, colleague, type House } from "./house";

const PLAIN = {
  id: null,
  description: "",
  effect: { kind: "thing" },
  itemId: null,
  uses: 1,
  validDays: 60,
  pricePoints: null,
  priceMinor: null,
  stock: null,
  limitCount: null,
  limitDays: null,
  segmentId: null,
  tierIds: [],
  startsOn: null,
  endsOn: null,
} as const satisfies Partial<RewardInput>;
type Looks = Pick<RewardInput, "name" | "icon" | "color">;
type Given = Looks & Partial<Omit<RewardInput, "tierIds">>;

/** A business's rewards in its own words. */
type Words = {
  readonly bought: readonly Given[];
  readonly stamped: Given;
  readonly stamps: { readonly name: string; readonly needed: number; readonly category: string | null };
  readonly birthday: Given;
  readonly pack: Given;
  readonly shared: { readonly name: string; readonly code: string };
  readonly unique: string;
  readonly greeting: string;
};

const SALON: Words = {
  bought: [
    { name: "Кава з десертом", icon: "coffee", color: "amber", pricePoints: 15_000n },
    {
      name: "Знижка 20 % на стрижку",
      icon: "percent",
      color: "violet",
      pricePoints: 40_000n,
      effect: { kind: "percent", bps: 2_000 },
      limitCount: 1,
      limitDays: 30,
    },
    {
      name: "Догляд за волоссям у подарунок",
      description: "Маска й укладання на вибір майстра.",
      icon: "sparkles",
      color: "rose",
      pricePoints: 90_000n,
      stock: 12,
    },
  ],
  stamped: { name: "Десяте укладання в подарунок", icon: "scissors", color: "brand" },
  stamps: { name: "Кожен десятий візит", needed: 10, category: null },
  birthday: {
    name: "300 ₴ на день народження",
    icon: "cake",
    color: "rose",
    effect: { kind: "amount", minor: 30_000n },
  },
  pack: {
    name: "10 укладань",
    icon: "ticket",
    color: "blue",
    uses: 10,
    validDays: 180,
    priceMinor: 450_000n,
  },
  shared: { name: "Осіння листівка", code: "OSIN26" },
  unique: "Подарунки від партнерів",
  greeting: "З днем народження, Ірино!",
};

const COFFEE: Words = {
  bought: [
    { name: "Croissant", icon: "cake", color: "amber", pricePoints: 4_000n },
    { name: "Bag of beans, 250 g", icon: "bag", color: "green", pricePoints: 25_000n, stock: 20 },
  ],
  stamped: { name: "A coffee on us", icon: "coffee", color: "amber" },
  stamps: { name: "Every tenth coffee", needed: 10, category: "Coffee" },
  birthday: { name: "Birthday cake", icon: "cake", color: "rose" },
  pack: {
    name: "20 coffees",
    icon: "ticket",
    color: "blue",
    uses: 20,
    validDays: 120,
    priceMinor: 110_000n,
  },
  shared: { name: "Window poster", code: "HELLO26" },
  unique: "Leaflets",
  greeting: "Enjoy!",
};

const wordsOf = ({ trade }: House): Words => (trade.locale === "uk" ? SALON : COFFEE);
const boss = (house: House, now: Date) => acting(house, actorOf(colleague(house, "owner")), now);

/** Puts everything on offer that stands in the office from then on. */
export async function offerRewards(house: House, now: Date): Promise<void> {
  const ctx = boss(house, now);
  const words = wordsOf(house);
  const make = async (given: Given) => await saveReward(ctx, { ...PLAIN, tierIds: [], ...given });
  for (const each of words.bought) await make(each);
  const { icon, color } = words.stamped;
  const stamped = await make(words.stamped);
  const counts = words.stamps.category === null ? "visit" : "line";
  const plain = { id: null, itemIds: [], minTotalMinor: 0n, icon, color } as const;
  await saveStampProgramme(ctx, { ...plain, ...words.stamps, itemIds: [], counts, rewardId: stamped });
  await make(words.pack);
  const rewardId = await make(words.birthday);
  await saveOccasion(ctx, { id: null, kind: "birthday", rewardId, daysBefore: 7, validDays: 14 });
  const limits = {
    limitTotal: null,
    limitPerMember: 1,
    onlyNew: false,
    startsOn: null,
    endsOn: null,
  } as const;
  const brings = { kind: "points", points: 10_000n, days: 30 } as const;
  await savePromo(ctx, { ...limits, id: null, kind: "shared", brings, ...words.shared });
  const unique = { kind: "unique", brings: { kind: "reward", rewardId: stamped }, code: null } as const;
  await makeCodes(ctx, await savePromo(ctx, { ...limits, ...unique, id: null, name: words.unique }), 25);
}

/** What the demo's own member holds, and a certificate for whoever has its code. */
export async function giveRewards(house: House, memberId: bigint, now: Date): Promise<void> {
  const ctx = boss(house, now);
  const words = wordsOf(house);
  const all = await rewards(ctx);
  const named = (name: string) => all.find((each) => each.name === name)?.id ?? 0n;
  const gift = { memberId, rewardId: named(words.birthday.name), key: null, validDays: 20 };
  await giveReward(ctx, { ...gift, comment: null });
  await sellReward(ctx, { memberId, rewardId: named(words.pack.name), key: null });
  const sold = { amountMinor: 100_000n, validDays: 365, memberId: null, greeting: words.greeting };
  const { code } = await sellCertificate(ctx, sold, null);
  await attachCertificate(ctx, memberId, code);
  await sellCertificate(ctx, { ...sold, amountMinor: 50_000n, greeting: null }, null);
}
