/** The demo's second business: a coffee bar in the same town, in another language, with a till instead of a desk. */
import { type ProgrammeSettings, startingProgramme } from "../../lib/program/schema";
import type { Dice } from "./dice";
import { demoSignIn, type Habit, type Item, type Trade } from "./trade";

const starting = startingProgramme({ base: "Passenger", silver: "Regular", gold: "Conductor" });

const PROGRAMME: ProgrammeSettings = {
  ...starting,
  base: { ...starting.base, rateBps: 500 },
  tiers: starting.tiers.map((tier) =>
    tier.id === "silver"
      ? { ...tier, rateBps: 700, spentMinor: 200_000n }
      : { ...tier, rateBps: 1_000, spentMinor: 500_000n },
  ),
  maxPointsBps: 10_000,
  welcome: { points: 5_000n, days: 14, kept: null },
  firstPurchasePoints: 2_000n,
  earnedDays: 180,
  pendingDays: 1,
};

const PRICES: readonly (readonly [category: string, list: Readonly<Record<string, number>>])[] = [
  ["Coffee", { Espresso: 55, Cappuccino: 80, "Flat white": 95, Filter: 75, Raf: 105, Cortado: 80 }],
  ["Not coffee", { Matcha: 120, "Hot chocolate": 95, "Ginger tea": 70, Lemonade: 85 }],
  ["Food", { Croissant: 75, "Cinnamon bun": 85, Syrnyky: 145, "Egg sandwich": 165, Granola: 130 }],
  ["Take home", { "Beans 250 g": 340, "Drip bags": 260 }],
];
const ITEMS: readonly Item[] = PRICES.flatMap(([category, list]) =>
  Object.entries(list).map(([name, price]) => ({
    name,
    category,
    kind: "good" as const,
    priceMinor: BigInt(price) * 100n,
  })),
);

const DRINKS = [
  "Espresso",
  "Cappuccino",
  "Cappuccino",
  "Flat white",
  "Flat white",
  "Filter",
  "Raf",
  "Cortado",
];
const basket = (food: number) => (dice: Dice) => [
  dice.pick([...DRINKS, "Matcha", "Hot chocolate", "Ginger tea"]),
  ...(dice.chance(food)
    ? [dice.pick(["Croissant", "Cinnamon bun", "Syrnyky", "Egg sandwich", "Granola"])]
    : []),
  ...(dice.chance(0.03) ? [dice.pick(["Beans 250 g", "Drip bags"])] : []),
];

const HABITS: readonly Habit[] = [
  {
    weight: 16,
    women: 50,
    gapDays: 3,
    spread: 0.3,
    leavesFirst: 0.05,
    leavesLater: 0.014,
    basket: basket(0.2),
  },
  {
    weight: 36,
    women: 55,
    gapDays: 8,
    spread: 0.4,
    leavesFirst: 0.2,
    leavesLater: 0.04,
    basket: basket(0.35),
  },
  {
    weight: 50,
    women: 55,
    gapDays: 24,
    spread: 0.6,
    leavesFirst: 0.4,
    leavesLater: 0.1,
    basket: basket(0.5),
  },
];

export const COFFEE: Trade = {
  key: "coffee",
  name: "Morning Tram Coffee",
  slug: "morning-tram",
  locale: "en",
  accent: "#8a4b2a",
  branches: [
    {
      name: "Tram stop on Yaroslavska",
      address: "вул. Ярославська, 20, Київ",
      weight: 1,
      opensAfter: 0,
      letter: "T",
    },
  ],
  employees: [
    { name: "Maksym Horbenko", role: "owner", signIn: demoSignIn("coffee") },
    { name: "Nina Bilyk", role: "cashier", externalId: "bar-1", branch: 0 },
  ],
  items: ITEMS,
  habits: HABITS,
  programmes: [{ afterDays: 0, settings: PROGRAMME }],
  tags: ["Own cup", "Oat milk", "Neighbour"],
  gifts: [{ comment: "Sorry about the queue", points: 50 }],
  notes: ["Oat milk, no sugar"],
  source: "uds",
  currency: "UAH",
  zone: "Europe/Kyiv",
  opens: 7,
  closes: 20,
  hours: [8, 16, 18, 13, 9, 9, 10, 8, 7, 7, 6, 4, 2],
  weekdays: [13, 13, 13, 13, 14, 10, 8],
  season: (month, day) => (month === 1 && day === 1 ? 0 : month === 8 ? 0.85 : 1),
  onCard: 80,
  invited: 8,
  pays: 0.12,
  refunds: 2,
};
