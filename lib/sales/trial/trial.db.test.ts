/** Trying a rule on a made-up bill: before and after, for nobody in particular and for a member, and nothing is written. */
import { beforeAll, expect, test } from "vitest";
import type { Context, Role } from "@/lib/access";
import { saveItem } from "@/lib/catalog";
import { programme, saveRule } from "@/lib/program";
import { grant, quote, tryRule } from "@/lib/sales";
import type { TrialInput } from "@/lib/sales/schema";
import { asOwner } from "@/tests/support/database";
import { refusal } from "@/tests/support/doors";
import { ruleOf } from "@/tests/support/rules";
import { newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let latte: bigint;
const body = (change: Parameters<typeof ruleOf>[0]) => {
  const { id: _, ...rest } = ruleOf(change);
  return rest;
};
/** A Tuesday at noon, a bill of 100 for one latte, somebody on the base tier. */
const bill = (change: Partial<TrialInput> = {}): TrialInput => ({
  lines: [{ itemId: latte, category: null, quantity: 1, amountMinor: 10_000n }],
  memberId: null,
  tierId: "base",
  visits: 3,
  spentMinor: 0n,
  isBirthday: false,
  isInGroups: false,
  isHeld: false,
  isPrepaid: false,
  day: "2026-03-10",
  minute: 720,
  locationId: null,
  ...change,
});
const onCoffee = body({
  name: "Coffee days",
  when: { goods: { items: [], categories: ["Coffee"], isExcept: false } },
  gives: { is: "extra", bps: 1_000 },
});
const codes = (tried: Awaited<ReturnType<typeof tryRule>>["after"]) =>
  tried.ok ? tried.because.map(({ code }) => code) : [tried.problem];
/** Everything a trial could have changed. */
const written = async () =>
  await asOwner(
    `SELECT (SELECT count(*) FROM operation) AS operations, (SELECT count(*) FROM programme_version) AS versions,
       (SELECT count(*) FROM transfer) AS transfers, (SELECT count(*) FROM audit) AS audits`,
  );

beforeAll(async () => {
  ctx = await newBusiness({ welcome: null });
  latte = await saveItem(ctx, {
    id: null,
    kind: "good",
    name: "Latte",
    category: "Coffee",
    priceMinor: 10_000n,
  });
});

test("works a bill out as it is and with the rule, by the item's category, and writes nothing", async () => {
  const before = await written();
  const trial = await tryRule(ctx, null, onCoffee, bill());
  expect(trial.before).toMatchObject({ ok: true, earned: 500n, cashMinor: 10_000n, maxPoints: 3_000n });
  expect(trial.after).toMatchObject({ ok: true, earned: 1_500n });
  expect(codes(trial.before)).not.toContain("rule_points");
  const other = bill({ lines: [{ itemId: null, category: "Tea", quantity: 1, amountMinor: 10_000n }] });
  expect((await tryRule(ctx, null, onCoffee, other)).after).toMatchObject({ ok: true, earned: 500n });
  expect(await written()).toEqual(before);
});

test("stands in the place of the rule that is changed, at the day and minute asked", async () => {
  const { ruleId } = await saveRule(ctx, (await programme(ctx)).version, null, onCoffee);
  const evening = body({
    ...onCoffee,
    gives: { is: "extra", bps: 2_000 },
    when: { ...onCoffee.when, hours: [{ weekdays: [2], from: 1_080, to: 1_260 }] },
  });
  const tried = async (change: Partial<TrialInput>) => await tryRule(ctx, ruleId, evening, bill(change));
  expect(await tried({ minute: 1_100 })).toMatchObject({
    before: { earned: 1_500n },
    after: { earned: 2_500n },
  });
  expect(await tried({ minute: 720 })).toMatchObject({ before: { earned: 1_500n }, after: { earned: 500n } });
  expect(await tried({ minute: 1_100, day: "2026-03-11" })).toMatchObject({ after: { earned: 500n } });
});

test.each<[string, Parameters<typeof ruleOf>[0]["when"], Partial<TrialInput>]>([
  ["a birthday", { birthday: { before: 0, after: 0 } }, { isBirthday: true }],
  ["a group", { segments: [5n] }, { isInGroups: true }],
  ["a visit", { visit: { is: "every", n: 5 } }, { visits: 4 }],
  ["a tier", { tiers: ["gold"] }, { tierId: "gold" }],
  ["a place", { locations: [7n] }, { locationId: 7n }],
  ["paid before", { isPrepaid: true }, { isPrepaid: true }],
  ["brought", { isHeld: true }, { isHeld: true }],
])("can be whatever a rule asks for: %s", async (_, when, fits) => {
  const rule = body({
    name: "Asking",
    when: when ?? {},
    gives: { is: "points", points: 7_700n, per: "bill" },
  });
  const earned = async (change: Partial<TrialInput>) => {
    const { before, after } = await tryRule(ctx, null, rule, bill(change));
    if (!before.ok || !after.ok) throw new Error("the bill could not be worked out");
    return after.earned - before.earned;
  };
  expect([await earned({}), await earned(fits)]).toEqual([0n, 7_700n]);
});

test("for a member it is their own figures, and what a quote says", async () => {
  const memberId = await newMember(ctx, "+380671114455");
  await grant(ctx, { memberId, points: 1_000n, comment: null, key: null, source: "seed" });
  // A trial sees the rule at work even while it is switched off; this one asks for what nobody buys.
  const never = body({ ...onCoffee, isOn: false, when: { ...onCoffee.when, minBillMinor: 99_000_000n } });
  const { after } = await tryRule(ctx, null, never, bill({ memberId }));
  const { price } = await quote(ctx, {
    by: { memberId },
    totalMinor: 10_000n,
    skipMinor: 0n,
    unredeemableMinor: 0n,
    points: 0n,
    lines: [{ itemId: latte, quantity: 1, amountMinor: 10_000n, category: null }],
  });
  // Whoever is named by number may not spend points at a till; the trial says what they could pay.
  expect(after).toMatchObject({ ok: true, maxPoints: 1_000n, cashMinor: price.cashMinor });
  expect(after.ok && after.earned).toBe(price.grants.reduce((sum, { points }) => sum + points, 0n));
});

test("a member of another business is not found; who may not see the programme tries nothing", async () => {
  const other = await newBusiness();
  const memberId = await newMember(ctx, "+380671114466");
  expect(await refusal(tryRule(other, null, onCoffee, bill({ memberId })))).toBe("not_found");
  const as = (role: Role): Context => ({ ...ctx, actor: { kind: "staff", id: 1n, role, name: role } });
  await tryRule(as("cashier"), null, onCoffee, bill());
  const guest: Context = { ...ctx, actor: { kind: "member", id: memberId, personId: 1n } };
  expect(await refusal(tryRule(guest, null, onCoffee, bill()))).toBe("forbidden");
});
