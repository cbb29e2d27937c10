import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayOf, startOfDay } from "@/lib/kernel/time";
import { FOR_EVER, type Ladder, NO_EXPERIENCE, qualify, type Tier } from "../model";
import { outlookOf } from "../outlook/model";
import { windowEnd, windowStart } from "../window/model";
import { afterPurchase, afterRefund, dueAt, figuresIn, type Past, type Stood, settled } from "./model";

const ZONE = "Europe/Kyiv";
const day = (text: string) => new Date(startOfDay(text, ZONE).getTime() + 36_000_000);
const tier = (id: string, rateBps: number, change: Partial<Tier> = {}): Tier => ({
  id,
  name: id,
  rateBps,
  maxPointsBps: null,
  spentMinor: null,
  visits: null,
  invited: null,
  experience: null,
  keep: null,
  gift: null,
  perks: [],
  ...change,
});
const none = { spentMinor: null, visits: null, invited: null, experience: null };
const ladder = (qualifying: Partial<Ladder["qualifying"]> = {}): Ladder => ({
  base: tier("base", 0),
  tiers: [
    tier("silver", 500, { visits: 3, keep: { ...none, visits: 2 } }),
    tier("gold", 1_000, { visits: 6, keep: { ...none, visits: 4 } }),
  ],
  qualifying: { ...FOR_EVER, ...qualifying },
  experience: NO_EXPERIENCE,
});

/** Plays visits by day, the job running every night, as the product does; answers the tier after each day. */
function lived(rules: Ladder, visits: readonly string[], from: string, until: string) {
  const past = { purchases: [] as Past["purchases"][number][], friends: [] as Date[] };
  let stood: Stood = {
    tierId: "base",
    life: null,
    totals: { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 },
  };
  const tiers = new Map<string, string>();
  for (let today = from; today <= until; today = addDays(today, 1)) {
    const midnight = startOfDay(today, ZONE);
    if (stood.life) stood = { ...stood, ...settled(rules, stood, past, midnight, ZONE) };
    for (const visit of visits.filter((one) => one === today)) {
      stood = { ...stood, ...afterPurchase(rules, stood, 100n, day(visit), ZONE) };
      past.purchases.push({ at: day(visit), cashMinor: 100n, isVisit: true });
      stood = { ...stood, totals: figuresIn(past, null, day("2099-01-01")) };
    }
    tiers.set(today, stood.tierId);
  }
  return { tiers, stood, past };
}

describe("a calendar window", () => {
  const rules = ladder({ window: { kind: "month" }, graceDays: 0, downgrade: "full" });
  const three = ["2026-03-02", "2026-03-10", "2026-03-20"];

  test("lifts in the purchase, and keeps the tier to the end of the next period", () => {
    const { tiers } = lived(rules, three, "2026-03-01", "2026-05-02");
    expect(tiers.get("2026-03-10")).toBe("base");
    expect(tiers.get("2026-03-20")).toBe("silver");
    expect(tiers.get("2026-04-30")).toBe("silver");
    expect(tiers.get("2026-05-01")).toBe("base");
  });

  test("asks less to stay than to come", () => {
    const { tiers } = lived(rules, [...three, "2026-04-03", "2026-04-04"], "2026-03-01", "2026-06-02");
    expect(tiers.get("2026-05-31")).toBe("silver");
    expect(tiers.get("2026-06-01")).toBe("base");
  });

  test("is prolonged by the grace, in which the tier can be saved", () => {
    const kind = { ...rules, qualifying: { ...rules.qualifying, graceDays: 10 } };
    const lost = lived(kind, [...three, "2026-04-03"], "2026-03-01", "2026-05-12").tiers;
    expect(lost.get("2026-05-10")).toBe("silver");
    expect(lost.get("2026-05-11")).toBe("base");
    const saved = lived(kind, [...three, "2026-04-03", "2026-05-08"], "2026-03-01", "2026-05-31");
    expect(saved.tiers.get("2026-05-31")).toBe("silver");
    // The grace was of April; the purchase in it counts in May as well.
    expect(saved.stood.life?.figures.visits).toBe(1);
  });

  test("falls by one step or all the way", () => {
    const six = Array.from({ length: 6 }, (_, index) => addDays("2026-03-01", index));
    const full = lived(rules, six, "2026-03-01", "2026-06-02").tiers;
    expect([full.get("2026-04-30"), full.get("2026-05-01")]).toEqual(["gold", "base"]);
    const step = lived(
      { ...rules, qualifying: { ...rules.qualifying, downgrade: "step" } },
      six,
      "2026-03-01",
      "2026-06-02",
    ).tiers;
    expect([step.get("2026-05-01"), step.get("2026-05-31"), step.get("2026-06-01")]).toEqual([
      "silver",
      "silver",
      "base",
    ]);
  });
});

describe("a rolling window", () => {
  const rules = ladder({ window: { kind: "rolling", days: 30 }, graceDays: 0, downgrade: "full" });

  test("lets a visit count for its days and no longer", () => {
    const { tiers } = lived(rules, ["2026-03-01", "2026-03-02", "2026-03-20"], "2026-03-01", "2026-04-02");
    expect(tiers.get("2026-03-20")).toBe("silver");
    // The first left on the 31st and two are enough; the second left on 1 April.
    expect(tiers.get("2026-03-31")).toBe("silver");
    expect(tiers.get("2026-04-01")).toBe("base");
  });

  test("counts days across the change of clocks", () => {
    const end = windowEnd({ kind: "rolling", days: 30 }, day("2026-03-15"), ZONE);
    expect(end && dayOf(end, ZONE)).toBe("2026-04-14");
    expect(end?.toISOString()).toBe("2026-04-13T21:00:00.000Z");
    expect(windowStart({ kind: "rolling", days: 1 }, day("2026-03-29"), ZONE)?.toISOString()).toBe(
      "2026-03-28T22:00:00.000Z",
    );
  });

  test("tells the day the tier would be lost, and what is missing then", () => {
    const { stood, past } = lived(
      rules,
      ["2026-03-01", "2026-03-02", "2026-03-20"],
      "2026-03-01",
      "2026-03-21",
    );
    const outlook = outlookOf(rules, stood, past, day("2026-03-21"), ZONE);
    expect(outlook.keeping).toMatchObject({ visitsLeft: 1, isGrace: false, isDone: false });
    expect(outlook.keeping && dayOf(outlook.keeping.by, ZONE)).toBe("2026-04-01");
    expect(outlook.next).toMatchObject({ visitsLeft: 3, tier: { id: "gold" } });
  });

  test("falling one step at a time holds the lower tier for a whole window", () => {
    const six = Array.from({ length: 6 }, (_, index) => addDays("2026-03-01", index));
    const step = ladder({ window: { kind: "rolling", days: 30 }, graceDays: 0, downgrade: "step" });
    const { tiers } = lived(step, six, "2026-03-01", "2026-06-01");
    const fell = [...tiers].filter(
      ([on, id], index, all) => index > 0 && all[index - 1]?.[1] !== id && on > "2026-03-10",
    );
    expect(fell).toEqual([
      ["2026-04-02", "silver"],
      ["2026-05-02", "base"],
    ]);
  });
});

test("experience reads money, visits and friends together", () => {
  const rules: Ladder = {
    ...ladder(),
    tiers: [tier("expert", 500, { experience: 100 })],
    experience: { perVisit: 10, perHundred: 5, perFriend: 20 },
  };
  const at = { cashSpentMinor: 100_000n, visits: 3, effectiveInvited: 1 };
  expect(qualify(rules, at).id).toBe("expert"); // 50 + 30 + 20
  expect(qualify(rules, { ...at, visits: 2 }).id).toBe("base");
});

test("a tier given by hand is a floor that ends by itself", () => {
  const rules = ladder();
  const manual = { tierId: "gold", until: day("2026-04-01") };
  const start: Stood = {
    tierId: "base",
    life: null,
    totals: { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 },
  };
  const life = { ...settledLife(rules), manual };
  const bought = afterPurchase(rules, { ...start, tierId: "gold", life }, 1n, day("2026-03-01"), ZONE);
  expect(bought.tierId).toBe("gold");
  const stood = { ...start, ...bought, totals: { ...start.totals, visits: 3 } };
  expect(settled(rules, stood, { purchases: [], friends: [] }, day("2026-04-02"), ZONE)).toEqual({
    tierId: "silver",
    life: null,
  });
});

const settledLife = (rules: Ladder) => ({
  key: rules.qualifying.window.kind,
  earned: "base",
  from: null,
  figures: { cashSpentMinor: 0n, visits: 0, effectiveInvited: 0 },
  slideAt: null,
  graceUntil: null,
  manual: null,
});

describe("a refund", () => {
  const rules = ladder({ window: { kind: "rolling", days: 30 }, graceDays: 0, downgrade: "full" });
  const entry = {
    tierBefore: "base",
    tierAfter: "silver",
    from: day("2026-02-20"),
    figures: { cashSpentMinor: 300n, visits: 3, effectiveInvited: 0 },
  };
  const { stood } = lived(rules, ["2026-03-01", "2026-03-02", "2026-03-20"], "2026-03-01", "2026-03-21");

  test("undoes the tier its purchase reached", () => {
    const refunded = { boughtAt: day("2026-03-20"), cashMinor: 100n, isFull: true };
    expect(afterRefund(rules, stood, refunded, [entry], day("2026-03-22"))).toMatchObject({
      tierId: "base",
      life: { figures: { visits: 2 } },
    });
  });

  test("leaves a tier that was entered before, until the window says so", () => {
    const refunded = { boughtAt: day("2026-03-21"), cashMinor: 100n, isFull: true };
    expect(afterRefund(rules, stood, refunded, [], day("2026-03-22")).tierId).toBe("silver");
  });
});

test("kept sums never differ from a count of what was done, and the job is due exactly when something ends", () => {
  const windows = fc.constantFrom(
    { kind: "rolling", days: 14 } as const,
    { kind: "month" } as const,
    { kind: "quarter" } as const,
  );
  const visits = fc.array(fc.nat(120), { maxLength: 25 });
  fc.assert(
    fc.property(
      windows,
      visits,
      fc.nat(20),
      fc.constantFrom("step", "full"),
      (window, offsets, graceDays, downgrade) => {
        const rules = ladder({ window, graceDays, downgrade });
        const days = offsets.map((offset) => addDays("2026-01-15", offset));
        const { stood, past } = lived(rules, days, "2026-01-15", "2026-06-01");
        const { life } = stood;
        if (!life) return;
        expect(life.figures).toEqual(figuresIn(past, life.from, day("2099-01-01")));
        const due = dueAt(life);
        if (due) expect(due.getTime()).toBeGreaterThan(startOfDay("2026-06-01", ZONE).getTime());
        // Told late, the job comes to the same end.
        const late = settled(rules, stood, past, day("2026-09-01"), ZONE);
        expect(settled(rules, { ...stood, ...late }, past, day("2026-09-01"), ZONE)).toEqual(late);
      },
    ),
    { numRuns: 60 },
  );
});
