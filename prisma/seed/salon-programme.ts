import { NO_REFERRALS, type ProgrammeSettings, startingProgramme } from "../../lib/program/schema";

const starting = startingProgramme({ base: "Базовий", silver: "Срібний", gold: "Золотий" });
const [silver, gold] = starting.tiers;
if (!silver || !gold) throw new Error("a programme starts with a silver and a gold tier");

/** What the salon opened with: a careful fifth of the bill for points. */
const first: ProgrammeSettings = {
  ...starting,
  base: { ...starting.base, rateBps: 300 },
  tiers: [
    { ...silver, rateBps: 500, spentMinor: 1_500_000n },
    { ...gold, rateBps: 800, spentMinor: 3_000_000n },
  ],
  maxPointsBps: 2_000,
};

/** After eight months: more of a bill in points, and gold by friends as well. */
const second: ProgrammeSettings = {
  ...first,
  tiers: first.tiers.map((tier) => (tier.id === "gold" ? { ...tier, invited: 5 } : tier)),
  maxPointsBps: 3_000,
};

const on = (rateBps: number) => ({ on: true, rateBps });
/** In the last months: friends are worth something on three levels, to guests who still come themselves. */
const third: ProgrammeSettings = {
  ...second,
  referral: {
    ...NO_REFERRALS,
    levels: [on(500), on(200), on(100)],
    invitationPoints: 10_000n,
    invitationMinMinor: 30_000n,
    friendFirstPoints: 5_000n,
    days: 180,
    activeDays: 90,
  },
};

export const salonProgrammes = [
  { afterDays: 0, settings: first },
  { afterDays: 240, settings: second },
  { afterDays: 430, settings: third },
] as const;
