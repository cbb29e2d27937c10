/** One customer's life with a business, told as the things that happen. Pure: nothing here knows what the ledger will say. */
import type { Calendar } from "./calendar";
import type { Dice } from "./dice";
import type { Human } from "./people";
import { type Habit, priceOf, type Trade } from "./trade";

export type Newcomer = {
  readonly index: number;
  readonly human: Human;
  readonly habit: Habit;
  /** Joins on a card of their own; otherwise the staff signs them up with a phone. */
  readonly onCard: boolean;
  readonly joinsOn: number;
  readonly branch: number;
  readonly inviter: number | null;
  /** Stays for good, whatever the habit says. */
  readonly faithful: boolean;
};

export type Bought = { readonly name: string; readonly quantity: number; readonly amountMinor: bigint };

export type Happening = { readonly at: Date; readonly who: number } & (
  | { readonly kind: "join" }
  | {
      readonly kind: "purchase";
      /** Names the purchase for a later refund. */
      readonly id: string;
      readonly branch: number;
      readonly bought: readonly Bought[];
      /** How much of what is allowed they pay with points: 0, half or all. */
      readonly points: 0 | 0.5 | 1;
    }
  | {
      readonly kind: "refund";
      readonly of: string;
      readonly partMinor: bigint | null;
      readonly branch: number;
    }
  | { readonly kind: "gift"; readonly points: number; readonly comment: string }
  | { readonly kind: "tags"; readonly names: readonly string[] }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "block" }
);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Prices rose this many days before the end. */
const DEARER_SINCE = 250;

/** Everything that happens to one customer up to the calendar's last day, in order. */
export function life(trade: Trade, calendar: Calendar, who: Newcomer, dice: Dice): Happening[] {
  const visits = visitDays(calendar, who, dice.fork("visits"));
  const happenings: Happening[] = [];
  const [firstVisit] = visits;
  const moments = visits.map((index) => calendar.moment(dice.fork(`moment ${index}`), index));
  const [firstMoment] = moments;
  const before = dice.whole(2, 14) * MINUTE_MS;
  const joinsAt =
    firstMoment && firstVisit === who.joinsOn
      ? new Date(firstMoment.getTime() - before)
      : calendar.moment(dice.fork("join"), who.joinsOn);
  happenings.push({ kind: "join", at: joinsAt, who: who.index });
  visits.forEach((index, nth) => {
    const at = moments[nth] ?? joinsAt;
    happenings.push(...visit(trade, calendar, who, { index, at, nth }, dice.fork(`visit ${nth}`)));
  });
  happenings.push(...asides(trade, who, moments, dice.fork("asides")));
  return happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function visitDays(calendar: Calendar, who: Newcomer, dice: Dice): number[] {
  const { habit } = who;
  const days: number[] = [];
  // Some of those who join on the street come in later, and a few never do.
  if (who.onCard && !who.faithful && dice.chance(0.05)) return [];
  const delay = who.onCard && !who.faithful && dice.chance(0.25) ? dice.whole(1, 9) : 0;
  let wished = who.joinsOn + delay;
  let last = delay === 0 ? who.joinsOn - 1 : who.joinsOn;
  for (;;) {
    const day = days.length === 0 && delay === 0 ? who.joinsOn : calendar.near(dice, wished, last);
    if (day === undefined || day >= calendar.days.length) return days;
    days.push(day);
    const leaves = days.length === 1 ? habit.leavesFirst : habit.leavesLater;
    if (!who.faithful && dice.chance(leaves)) return days;
    last = day;
    const rush =
      calendar.days[Math.min(calendar.days.length - 1, Math.round(day + habit.gapDays))]?.rush ?? 1;
    wished = day + (habit.gapDays * dice.around(habit.spread)) / Math.max(0.6, rush);
  }
}

function visit(
  trade: Trade,
  calendar: Calendar,
  who: Newcomer,
  on: { index: number; at: Date; nth: number },
  dice: Dice,
): Happening[] {
  const id = `${who.index}.${on.nth}`;
  const open = trade.branches.flatMap((branch, index) => (branch.opensAfter <= on.index ? [index] : []));
  const branch = dice.chance(0.94) ? who.branch : dice.pick(open);
  const dearer = calendar.days.length - on.index <= DEARER_SINCE;
  const names = who.habit.basket(dice);
  const bought = [...new Set(names)].map((name): Bought => {
    const today = priceOf(trade, name);
    const price = dearer ? today : (((today * 92n) / 100n + 250n) / 500n) * 500n;
    const isGood = trade.items.find((item) => item.name === name)?.kind === "good";
    const quantity = isGood && dice.chance(0.08) ? 2 : 1;
    return { name, quantity, amountMinor: price * BigInt(quantity) };
  });
  const points = who.onCard && on.nth > 0 && dice.chance(trade.pays) ? dice.pick([0.5, 1, 1] as const) : 0;
  const { at } = on;
  const purchase: Happening = { kind: "purchase", at, who: who.index, id, branch, bought, points };
  if (!dice.chance(trade.refunds / 1_000)) return [purchase];
  const [one] = bought;
  const partMinor = bought.length > 1 && one && dice.chance(0.7) ? one.amountMinor : null;
  const later = dice.chance(0.6) ? dice.whole(5, 90) * MINUTE_MS : dice.whole(1, 5) * DAY_MS;
  const refund: Happening = {
    kind: "refund",
    of: id,
    partMinor,
    branch,
    at: new Date(at.getTime() + later),
    who: who.index,
  };
  return [purchase, refund];
}

/** What the staff does beside the till: points with a kind word, tags, notes, very rarely a block. */
function asides(trade: Trade, who: Newcomer, moments: readonly Date[], dice: Dice): Happening[] {
  const happenings: Happening[] = [];
  const after = (moment: Date | undefined, minutes: number) =>
    new Date((moment?.getTime() ?? 0) + minutes * MINUTE_MS);
  const regular = moments.length > 2;
  if (regular && dice.chance(0.05)) {
    const { comment, points } = dice.pick(trade.gifts);
    const at = after(dice.pick(moments), dice.whole(3, 30));
    happenings.push({ kind: "gift", at, who: who.index, points, comment });
  }
  if (regular && dice.chance(0.14)) {
    const names = [...new Set([dice.pick(trade.tags), dice.pick(trade.tags)])];
    happenings.push({ kind: "tags", at: after(moments[2], 4), who: who.index, names });
  }
  if (regular && dice.chance(0.04))
    happenings.push({ kind: "note", at: after(moments[1], 6), who: who.index, text: dice.pick(trade.notes) });
  if (!who.faithful && moments.length > 0 && dice.chance(0.0015))
    happenings.push({ kind: "block", at: after(moments.at(-1), 20 * 1_440), who: who.index });
  return happenings;
}
