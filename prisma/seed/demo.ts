/** The demo: a salon and a coffee bar played from their first day until now, and what is needed to try them. */
import { systemContext } from "../../lib/access";
import { recountDays } from "../../lib/analytics";
import { refreshInsights } from "../../lib/insights";
import { addDays, type Day, dayOf } from "../../lib/kernel/time";
import { expireDue } from "../../lib/ledger";
import { drain, type Handler } from "../../lib/platform/outbox";
import { handlers } from "../../lib/wiring";
import { COFFEE } from "./coffee";
import { foundHouse, type House } from "./house";
import type { Happening } from "./life";
import { makePersons } from "./persons";
import { type Plan, plan, spanUntil } from "./plan";
import { happen, type Stage, stage, startProgramme } from "./play";
import { giveRewards, offerRewards } from "./rewards";
import { SALON } from "./salon";
import type { Trade } from "./trade";

/** How much of a demo: the whole one, or a small one for tests. */
export type Scale = {
  readonly days: number;
  readonly salonMembers: number;
  readonly coffeeMembers: number;
  /** Customers of both. */
  readonly guests: number;
};
export const WHOLE: Scale = { days: 548, salonMembers: 2_000, coffeeMembers: 300, guests: 60 };

/** The share of the salon's days that passed before the coffee bar opened. */
const COFFEE_AFTER = 0.39;
/** News is handled in batches of so many days: often enough for friends to lift an inviter's tier in time. */
const NEWS_DAYS = 28;
const LANES = 6;
/** So many workers handle news side by side, as a business may run them. */
const WORKERS = 2;
/** Rewards came this many days before today: rows of stamps are under way. */
const REWARDS_DAYS = 60;
/** What is known of members and the figures of days are found out by the looks at everybody; until then nobody reads them. */
const UNREAD = new Set(["insights", "days"]);
/** How many days ago everybody was looked at for the first time: moves between groups need two such nights. */
const FIRST_LOOK_DAYS = 7;

export type Progress = (day: Day, counts: { members: number; purchases: number }) => void;

/** Plans both businesses. The span ends today, so that a dashboard is alive. */
export function demoPlans(scale: Scale, now: Date): { salon: Plan; coffee: Plan } {
  const today = dayOf(now, SALON.zone);
  const span = spanUntil(today, scale.days);
  const salon = plan(SALON, span, { members: scale.salonMembers, from: 1 });
  const withCards = salon.newcomers.filter((each) => each.onCard && each.index > 0);
  const step = Math.max(1, Math.floor(withCards.length / Math.max(1, scale.guests)));
  const guests = withCards.filter((_, nth) => nth % step === 0).slice(0, scale.guests);
  const coffeeDays = Math.round(scale.days * (1 - COFFEE_AFTER));
  const coffee = plan(
    COFFEE,
    spanUntil(today, coffeeDays),
    { members: scale.coffeeMembers, from: scale.salonMembers + 1 },
    guests.map(({ human }) => human),
  );
  return { salon, coffee };
}

/**
 * Plays both from the first day until `now`, with expiry every night and news every four weeks.
 *
 * Shape: `passwordOf` may replace a demo's well-known passwords.
 */
export async function playDemo(
  scale: Scale,
  now: Date,
  tell: Progress,
  passwordOf: (wellKnown: string) => string = (wellKnown) => wellKnown,
): Promise<{ salon: House; coffee: House; members: { salon: bigint; coffee: bigint } }> {
  const plans = demoPlans(scale, now);
  const persons = await makePersons([plans.salon, plans.coffee]);
  const stages: Stage[] = [];
  for (const each of [plans.salon, plans.coffee]) {
    const opened = new Date(each.calendar.days[0]?.start ?? now);
    stages.push(stage(await foundHouse(withPasswords(each.trade, passwordOf), opened), each, persons));
  }
  const early = handlers.filter(({ name }) => !UNREAD.has(name));
  const days = plans.salon.calendar.days.map(({ day }) => day);
  for (const [index, day] of days.entries()) {
    if (index === Math.max(0, days.length - REWARDS_DAYS))
      for (const each of stages) await offerRewards(each.house, new Date(Date.parse(`${day}T00:00:00Z`)));
    await Promise.all(stages.map((each) => playDay(each, day, now)));
    const night = new Date(Math.min(now.getTime(), Date.parse(`${addDays(day, 1)}T00:00:00Z`)));
    await expireDue(night);
    const isLook = index === days.length - 1 || index === days.length - 1 - FIRST_LOOK_DAYS;
    if (index % NEWS_DAYS === 0 || isLook) await hear(early, night);
    if (isLook)
      for (const { house } of stages) await refreshInsights(systemContext(house.business, "seed", night));
    tell(day, {
      members: stages.reduce((sum, { counts }) => sum + counts.members, 0),
      purchases: stages.reduce((sum, { counts }) => sum + counts.purchases, 0),
    });
  }
  const [salon, coffee] = stages;
  if (!salon || !coffee) throw new Error("both were played");
  const demoMember = (on: Stage) => on.members.get(0) ?? 0n;
  for (const each of stages) await giveRewards(each.house, demoMember(each), now);
  await hear(handlers, now);
  for (const { house } of stages) await recountDays(systemContext(house.business, "seed", now));
  return {
    salon: salon.house,
    coffee: coffee.house,
    members: { salon: demoMember(salon), coffee: demoMember(coffee) },
  };
}

const hear = async (each: readonly Handler[], at: Date) =>
  await Promise.all(Array.from({ length: WORKERS }, () => drain(each, () => at)));

function withPasswords(trade: Trade, passwordOf: (wellKnown: string) => string): Trade {
  const employees = trade.employees.map(({ signIn, ...employee }) =>
    signIn ? { ...employee, signIn: { ...signIn, password: passwordOf(signIn.password) } } : employee,
  );
  return { ...trade, employees };
}

/** One day of one business. What concerns different customers may overlap; one customer's day is told in order. */
async function playDay(on: Stage, day: Day, until: Date): Promise<void> {
  const index = on.plan.calendar.days.findIndex((each) => each.day === day);
  if (index < 0) return;
  await startProgramme(on, index, new Date(on.plan.calendar.days[index]?.start ?? 0));
  const today = (on.plan.days.get(day) ?? []).filter(({ at }) => at <= until);
  const customers = [...Map.groupBy(today, ({ who }) => who).values()];
  const lane = async () => {
    for (let own = customers.shift(); own; own = customers.shift()) await inOrder(on, own);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function inOrder(on: Stage, happenings: readonly Happening[]): Promise<void> {
  for (const each of happenings) await happen(on, each);
}
