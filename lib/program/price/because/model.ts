/** What a priced bill says of itself, and what is kept of the rules that fired. */
import { addDays, type Day, startOfDay } from "../../../kernel/time";
import { isAwaiting } from "../../deadlines/model";
import type { Held, Price, Programme, PurchaseEffect, Reason, Standing } from "../../model";
import { named } from "../../rules/match/model";
import { type Caps, type Gives, unitOf } from "../../rules/model";
import { bandOf } from "../../rules/sums/model";
import type { Evaluated } from "../model";
import type { Fired } from "../pot/model";

const text = (amount: bigint) => amount.toString();

/** The explanation in the order a bill is worked out: what was left out, discounts, points, earnings, then what did not happen. */
export function explain(
  programme: Programme,
  standing: Standing,
  priced: Omit<Price, "because">,
  value: Evaluated,
): Reason[] {
  const { fired, missed } = value;
  const by = (...kinds: readonly Gives["is"][]) =>
    fired.filter(({ ready }) => kinds.includes(ready.rule.gives.is)).flatMap((one) => said(one, standing));
  return [
    ...outside(priced),
    ...by("exclude"),
    ...discounts(value),
    ...by("discount", "off", "bands"),
    ...paid(standing, priced, value),
    ...by("share"),
    ...earned(programme, value),
    ...by("rate", "times", "extra", "points"),
    ...times(programme, priced),
    ...missed,
  ];
}

function outside({ skipMinor, unredeemableMinor }: Omit<Price, "because">): Reason[] {
  const because: Reason[] = [];
  if (skipMinor > 0n) because.push({ code: "skipped_part", minor: text(skipMinor) });
  if (unredeemableMinor > 0n) because.push({ code: "unredeemable_part", minor: text(unredeemableMinor) });
  return because;
}

function discounts({ tier, tierDiscountMinor }: Evaluated): Reason[] {
  if (tierDiscountMinor === 0n) return [];
  return [{ code: "discount", tier: tier.name, rateBps: tier.rateBps, minor: text(tierDiscountMinor) }];
}

function paid(standing: Standing, priced: Omit<Price, "because">, { cappedPoints }: Evaluated): Reason[] {
  const { points, maxPoints, maxPointsBps, certificateMinor } = priced;
  const because: Reason[] = [];
  if (points > 0n) because.push({ code: "points_paid", points: text(points) });
  if (points > 0n && points === maxPoints)
    because.push(
      cappedPoints <= standing.available
        ? { code: "points_capped_by_share", bps: maxPointsBps, points: text(points) }
        : { code: "points_capped_by_balance", points: text(points) },
    );
  if (certificateMinor > 0n) because.push({ code: "certificate_paid", minor: text(certificateMinor) });
  return because;
}

function earned(programme: Programme, { tier, base }: Evaluated): Reason[] {
  const { name, rateBps } = tier;
  if (base.points > 0n)
    return [{ code: "cashback", tier: name, rateBps, minor: text(base.onMinor), points: text(base.points) }];
  return programme.policy === "points" && rateBps === 0 ? [{ code: "no_cashback_rate", tier: name }] : [];
}

/** When points can be spent and how long they live. */
function times(programme: Programme, { grants }: Omit<Price, "because">): Reason[] {
  const because: Reason[] = [];
  for (const grant of grants)
    if (grant.kind === "first_purchase") because.push({ code: "first_purchase", points: text(grant.points) });
  const [grant] = grants;
  if (grant && isAwaiting(grant.availableAt)) because.push({ code: "awaits_confirmation" });
  else if (grant && programme.pendingDays > 0)
    because.push({ code: "pending_until", at: grant.availableAt.toISOString() });
  const ends = grants.find(({ kind }) => kind !== "rule")?.expiresAt;
  if (ends) because.push({ code: "expires", at: ends.toISOString() });
  return because;
}

/** What a rule did, and whether a limit made it less. */
function said(one: Fired, standing: Standing): Reason[] {
  const { ready, amount, onMinor } = one;
  const { gives, livesDays } = ready.rule;
  const unit = unitOf(gives.is);
  const because: Reason[] = [
    { ...named(CODES[gives.is], ready), ...valuesOf(gives, amount, onMinor, standing) },
  ];
  if (one.isLimited && one.room.by)
    because.push({
      ...named("rule_limited", ready),
      by: one.room.by,
      ...(unit === "money" ? { minor: text(amount) } : { points: text(amount) }),
    });
  if (livesDays !== null && unit === "points")
    because.push({ ...named("rule_lives", ready), points: text(amount), days: livesDays });
  return because;
}

const CODES = {
  rate: "rule_rate",
  times: "rule_times",
  extra: "rule_extra",
  points: "rule_points",
  discount: "rule_discount",
  off: "rule_off",
  bands: "rule_bands",
  share: "rule_share",
  exclude: "rule_excluded",
} as const satisfies Record<Gives["is"], Reason["code"]>;

function valuesOf(
  gives: Gives,
  amount: bigint,
  onMinor: bigint,
  standing: Standing,
): Record<string, string | number> {
  switch (gives.is) {
    case "rate":
    case "extra":
      return { rateBps: gives.bps, minor: text(onMinor), points: text(amount) };
    case "times":
      return { bps: gives.bps, points: text(amount) };
    case "points":
      return { points: text(amount) };
    case "discount":
      return { rateBps: gives.bps, minor: text(amount) };
    case "bands":
      return { rateBps: bandOf(gives.bands, standing), minor: text(amount) };
    case "off":
      return { minor: text(amount) };
    case "share":
      return { bps: gives.bps, minor: text(onMinor) };
    case "exclude":
      return { what: excluded(gives), minor: text(onMinor) };
  }
}

function excluded({ earning, paying, discounts: off }: Gives & { is: "exclude" }): string {
  if (earning && paying && off) return "all";
  return [earning && "earning", paying && "paying", off && "discounts"].filter(Boolean).join("_");
}

/**
 * One effect for each rule that gave something or counts how often it does: its amount, the periods its limits count in, and what
 * the member brought it by.
 */
export function effectsOf(
  fired: readonly Fired[],
  held: readonly Held[],
  day: Day,
  zone: string,
): PurchaseEffect[] {
  const calendar = calendarOf(day, zone);
  const effects: PurchaseEffect[] = [];
  for (const { ready, amount } of fired) {
    const { id, caps, gives } = ready.rule;
    const unit = unitOf(gives.is);
    const periods = ready.hasLimits ? periodsOf(caps, calendar) : [];
    const detail = { unit, periods, budget: caps.budget === null ? null : text(caps.budget) };
    if (unit || periods.length > 0) effects.push({ kind: "rule", ref: ready.key, amount, detail });
    const brought = held.find(({ ruleId }) => ruleId === id)?.effect;
    if (brought) effects.push(brought);
  }
  return effects;
}

type Period = { readonly key: string; readonly from: string | null; readonly to: string | null };
type Calendar = { readonly day: Period; readonly month: Period; readonly ever: Period };

function calendarOf(day: Day, zone: string): Calendar {
  const month = day.slice(0, 7);
  const begin = (of: Day) => startOfDay(of, zone).toISOString();
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  return {
    day: { key: `day ${day}`, from: begin(day), to: begin(addDays(day, 1)) },
    month: { key: `month ${month}`, from: begin(`${month}-01`), to: begin(`${next}-01`) },
    ever: { key: "ever", from: null, to: null },
  };
}

function periodsOf(caps: Caps, { day, month, ever }: Calendar): Period[] {
  const periods: Period[] = [];
  if (caps.perDay !== null || caps.timesPerDay !== null) periods.push(day);
  if (caps.perMonth !== null || caps.timesPerMonth !== null) periods.push(month);
  if (caps.ever !== null || caps.timesEver !== null) periods.push(ever);
  return periods;
}
