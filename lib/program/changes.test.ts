import { describe, expect, test } from "vitest";
import { changesBetween, warningsOf } from "./changes";
import { startingProgramme } from "./schema";

const start = startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" });
const [silver, gold] = start.tiers;
if (!silver || !gold) throw new Error("the starting programme has two tiers");

describe("what changed", () => {
  test("nothing, when nothing did", () => expect(changesBetween(start, { ...start })).toEqual([]));

  test("names each difference with its tier and its unit", () => {
    const bronze = { ...silver, id: "bronze", name: "Bronze", rateBps: 600 };
    const next = {
      ...start,
      base: { ...start.base, rateBps: 400 },
      tiers: [bronze, { ...gold, name: "Golden", invited: 5 }],
      welcome: null,
      earnedDays: null,
      spendByPhone: true,
    };
    expect(changesBetween(start, next).map(({ code, tier, from, to }) => [code, tier, from, to])).toEqual([
      ["tierRemoved", "Silver", "Silver", null],
      ["tierRate", "Base", 500, 400],
      ["tierAdded", "Bronze", null, 600],
      ["tierName", "Golden", "Gold", "Golden"],
      ["tierInvited", "Golden", null, 5],
      ["welcomePoints", null, 30_000n, 0n],
      ["welcomeDays", null, 14, null],
      ["earnedDays", null, 365, null],
      ["spendByPhone", null, false, true],
    ]);
  });
});

test("what friends bring is told level by level, a level that is off gives nothing", () => {
  const [first, second, third] = start.referral.levels;
  const referral = {
    ...start.referral,
    levels: [{ ...first, on: true }, { ...second, rateBps: 900 }, third] as typeof start.referral.levels,
    invitationPoints: 5_000n,
    activeDays: 60,
  };
  expect(changesBetween(start, { ...start, referral }).map(({ code, from, to }) => [code, from, to])).toEqual(
    [
      ["referralLevel1", 0, 500],
      ["referralInvitation", 0n, 5_000n],
      ["referralActive", null, 60],
    ],
  );
});

describe("what looks like a slip", () => {
  const codes = (change: Partial<typeof start>) =>
    warningsOf({ ...start, ...change }).map(({ code }) => code);

  test.each([
    ["steps hardly felt", {}, ["rates_close", "rates_close"]],
    ["a higher tier that gives less", { tiers: [{ ...silver, rateBps: 300 }] }, ["rate_lower"]],
    [
      "thresholds that do not rise",
      {
        tiers: [
          { ...silver, rateBps: 1_000 },
          { ...gold, rateBps: 1_500, spentMinor: 900_000n },
        ],
      },
      ["threshold_lower"],
    ],
    ["points that pay for nothing", { tiers: [], maxPointsBps: 0 }, ["cap_zero"]],
    [
      "points gone before they can be spent",
      { tiers: [], earnedDays: 5, pendingDays: 7 },
      ["earned_before_pending"],
    ],
    ["a welcome gone before earnings come", { tiers: [], pendingDays: 20 }, ["welcome_before_pending"]],
    ["nothing at all", { tiers: [], base: { ...start.base, rateBps: 0 } }, ["nothing_earned"]],
    [
      "a clean ladder",
      {
        tiers: [
          { ...silver, rateBps: 1_000 },
          { ...gold, rateBps: 1_500 },
        ],
      },
      [],
    ],
  ])("%s", (_, change, expected) => expect(codes(change)).toEqual(expected));
});
