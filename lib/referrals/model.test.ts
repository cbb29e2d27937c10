import { describe, expect, test } from "vitest";
import { NO_REFERRALS, programmeSettings, startingProgramme } from "../program/schema";
import {
  activeSince,
  type Evidence,
  friendState,
  plainEmail,
  rewardsFor,
  shortName,
  suspicionsOf,
  takenOf,
} from "./model";

const levels = (...rates: [number, number, number]) =>
  rates.map((rateBps) => ({ on: rateBps > 0, rateBps })) as typeof NO_REFERRALS.levels;
const TERMS = { ...NO_REFERRALS, levels: levels(500, 200, 100) };
const LINKS = [
  { level: 1, ancestorId: 20n, linkId: 10n },
  { level: 2, ancestorId: 30n, linkId: 20n },
  { level: 3, ancestorId: 40n, linkId: 30n },
];

describe("rewards", () => {
  test("each level that is on gets its share of the money, the others nothing", () => {
    const facts = { cashMinor: 33_333n, makesEffective: false };
    expect(rewardsFor(TERMS, 10n, facts, LINKS).map(({ memberId, points }) => [memberId, points])).toEqual([
      [20n, 1_667n],
      [30n, 667n],
      [40n, 333n],
    ]);
    const off = { ...TERMS, levels: levels(500, 0, 100) };
    expect(rewardsFor(off, 10n, facts, LINKS).map(({ level }) => level)).toEqual([1, 3]);
    expect(rewardsFor(NO_REFERRALS, 10n, facts, LINKS)).toEqual([]);
  });

  test("the first purchase that counts gives both sides their fixed points", () => {
    const both = { ...NO_REFERRALS, invitationPoints: 20_000n, friendFirstPoints: 10_000n };
    const given = rewardsFor(both, 10n, { cashMinor: 100n, makesEffective: true }, LINKS);
    expect(given.map(({ kind, memberId, points }) => [kind, memberId, points])).toEqual([
      ["invitation", 20n, 20_000n],
      ["friend_first", 10n, 10_000n],
    ]);
    expect(rewardsFor(both, 10n, { cashMinor: 100n, makesEffective: false }, LINKS)).toEqual([]);
  });

  test("parts taken back add up to the whole, in any number of parts", () => {
    for (const points of [1n, 7n, 1_667n])
      for (const parts of [[33_333n], [1n, 33_332n], [11_111n, 11_111n, 11_111n]]) {
        let [taken, refunded] = [0n, 0n];
        for (const part of parts) {
          refunded += part;
          const now = takenOf(points, 33_333n, refunded);
          expect(now).toBeGreaterThanOrEqual(taken);
          taken = now;
        }
        expect(taken).toBe(points);
      }
    expect(takenOf(0n, 0n, 0n)).toBe(0n);
  });
});

describe("suspicions", () => {
  const known = { phones: ["+380501112233"], emails: ["a@b.c"], name: "Оля Шевчук", birthDate: "1990-01-02" };
  const other = { phones: ["+380509998877"], emails: ["x@y.z"], name: "Ірина Мельник", birthDate: null };
  const few = { hour: 1, day: 1 };
  const clean: Evidence = {
    friend: known,
    inviter: other,
    isSameDevice: false,
    fromInviter: few,
    fromDevice: few,
    fromNetwork: few,
  };
  const limits = { hourMax: 5, dayMax: 20 };

  test("two different people are fine", () => expect(suspicionsOf(clean, limits)).toEqual([]));
  test.each([
    ["same_phone", { inviter: { ...other, phones: known.phones } }],
    ["same_email", { inviter: { ...other, emails: ["A+gift@b.c"] } }],
    ["same_person", { inviter: { ...other, name: " оля  шевчук", birthDate: "1990-01-02" } }],
    ["same_device", { isSameDevice: true }],
    ["many_from_inviter", { fromInviter: { hour: 6, day: 6 } }],
    ["many_from_device", { fromDevice: { hour: 1, day: 21 } }],
    ["many_from_network", { fromNetwork: { hour: 16, day: 16 } }],
  ] as const)("%s", (code, change) => expect(suspicionsOf({ ...clean, ...change }, limits)).toEqual([code]));
  test("a café's network may bring a few at once", () =>
    expect(suspicionsOf({ ...clean, fromNetwork: { hour: 15, day: 15 } }, limits)).toEqual([]));
});

test.each([
  ["Olena.Kova+kolo@gmail.com", "olenakova@gmail.com"],
  ["olena.kova@googlemail.com", "olenakova@gmail.com"],
  ["o.k+x@ukr.net", "o.k@ukr.net"],
])("%s reaches %s", (email, mailbox) => expect(plainEmail(email)).toBe(mailbox));

test("being active counts whole days in the business's zone", () => {
  const now = new Date("2026-03-10T22:30:00Z"); // the 11th in Kyiv
  expect(activeSince({ activeDays: 30 }, now, "Europe/Kyiv")?.toISOString()).toBe("2026-02-08T22:00:00.000Z");
  expect(activeSince({ activeDays: null }, now, "Europe/Kyiv")).toBeNull();
});

test("an inviter sees a first name and a letter, and never why somebody is checked", () => {
  expect(shortName("Олена Коваленко")).toBe("Олена К.");
  expect(shortName(" Bo ")).toBe("Bo");
  expect(shortName(null)).toBeNull();
  expect(friendState({ state: "held", boughtAt: new Date(0) })).toBe("checking");
  expect(friendState({ state: "rejected", boughtAt: null })).toBe("joined");
});

describe("terms", () => {
  const start = startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" });
  test("versions older than referrals give nothing for friends", () => {
    const { referral: _, ...older } = start;
    expect(programmeSettings.parse(older).referral).toEqual(NO_REFERRALS);
  });
  test("three levels together never give more than was paid", () => {
    const greedy = { ...start, referral: { ...NO_REFERRALS, levels: levels(5_000, 4_000, 2_000) } };
    const { error } = programmeSettings.safeParse(greedy);
    expect(error?.issues.map(({ message, path }) => [message, path.join(".")])).toEqual([
      ["referral_over_bill", "referral.levels"],
    ]);
  });
});
