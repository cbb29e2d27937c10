/** Everything that will happen in a business, from its first day to today. Pure: the same seed and days give the same plan. */
import { addDays, type Day, dayOf } from "../../lib/kernel/time";
import { type Calendar, calendar } from "./calendar";
import { type Dice, dice } from "./dice";
import { type Happening, life, type Newcomer } from "./life";
import { type Human, human } from "./people";
import { genderFor, type Trade } from "./trade";

export type Plan = {
  readonly trade: Trade;
  readonly calendar: Calendar;
  readonly newcomers: readonly Newcomer[];
  /** In order of time, by calendar day. */
  readonly days: ReadonlyMap<Day, readonly Happening[]>;
  /** Receipt numbers by purchase, each branch counting its own. */
  readonly receipts: ReadonlyMap<string, string>;
};

export type Span = { readonly first: Day; readonly last: Day };

/** The person the demo signs in as: the first newcomer of each business. */
export const DEMO_MEMBER: Human = {
  name: "Марта Бондар",
  gender: "female",
  locale: "uk",
  birthDate: "1991-04-17",
  email: "member@kolo.example",
  phone: "+380401234567",
};
const FRIEND_OF_DEMO = 331;
const DEMO_HABIT = { salon: 3, coffee: 1 } as Readonly<Record<string, number>>;

/**
 * Plans a business.
 *
 * Shape: `guests` are people another business already knows; they are the first to come. Phones and e-mails of the others
 * are numbered from `from`.
 */
export function plan(
  trade: Trade,
  span: Span,
  size: { members: number; from: number },
  guests: readonly Human[] = [],
): Plan {
  const days = calendar(trade, span.first, span.last);
  const newcomers = gather(trade, days, size, guests);
  const thrown = dice(`${trade.key} lives`);
  const happenings = newcomers.flatMap((who) => life(trade, days, who, thrown.fork(who.index)));
  const inOrder = happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const byDay = new Map<Day, Happening[]>(days.days.map(({ day }) => [day, []]));
  for (const each of inOrder) byDay.get(dayOf(each.at, trade.zone))?.push(each);
  return { trade, calendar: days, newcomers, days: byDay, receipts: receiptNumbers(trade, inOrder) };
}

function receiptNumbers(trade: Trade, happenings: readonly Happening[]): Map<string, string> {
  const counts = trade.branches.map(() => 0);
  const numbers = new Map<string, string>();
  for (const each of happenings) {
    if (each.kind !== "purchase") continue;
    const count = (counts[each.branch] ?? 0) + 1;
    counts[each.branch] = count;
    numbers.set(each.id, `${trade.branches[each.branch]?.letter ?? ""}-${String(count).padStart(5, "0")}`);
  }
  return numbers;
}

function gather(
  trade: Trade,
  days: Calendar,
  size: { members: number; from: number },
  guests: readonly Human[],
): Newcomer[] {
  const thrown = dice(`${trade.key} people`);
  const joins = joinDays(days, size.members, thrown.fork("days"));
  const year = Number(days.days.at(-1)?.day.slice(0, 4));
  const newcomers: Newcomer[] = [];
  for (let index = 0; index < size.members; index += 1) {
    const own = thrown.fork(index);
    const demo = index === 0;
    const habit = demo ? trade.habits[DEMO_HABIT[trade.key] ?? 0] : undefined;
    const lives = habit ?? own.weighted(trade.habits, (each) => each.weight);
    const guest = demo ? DEMO_MEMBER : guests[index - 1];
    const onCard = guest !== undefined || own.chance(trade.onCard / 100);
    const joinsOn = demo ? Math.min(12, days.days.length - 1) : (joins[index] ?? 0);
    newcomers.push({
      index,
      habit: lives,
      onCard,
      joinsOn,
      faithful: demo,
      human: guest ?? human(own, size.from + index, genderFor(own, lives), year),
      branch: demo ? 0 : homeBranch(trade, joinsOn, own),
      inviter: onCard && !demo ? inviterFor(trade, index, newcomers, joinsOn, own) : null,
    });
  }
  return newcomers;
}

/** When people join: many at the start, when the staff asks every regular, then as busy as the days are. */
function joinDays(days: Calendar, count: number, thrown: Dice): number[] {
  const rates = days.days.map(({ busy }, index) => ({ index, rate: busy * (1 + 6 * Math.exp(-index / 45)) }));
  const upTo: number[] = [];
  let sum = 0;
  for (const { rate } of rates) upTo.push((sum += rate));
  const joins = Array.from({ length: count }, () => {
    const wanted = thrown.share() * sum;
    return upTo.findIndex((reached) => wanted < reached);
  });
  return joins.toSorted((a, b) => a - b);
}

function homeBranch(trade: Trade, day: number, thrown: Dice): number {
  const open = trade.branches.map((branch, index) => ({ branch, index }));
  return thrown.weighted(open, ({ branch }) => (branch.opensAfter <= day ? branch.weight : 0)).index;
}

/** The demo's member has brought some of them; the others' friends had a card for a week at least. A few people invite many. */
function inviterFor(
  trade: Trade,
  index: number,
  earlier: readonly Newcomer[],
  day: number,
  thrown: Dice,
): number | null {
  const friends = earlier.filter((each) => each.onCard && each.joinsOn <= day - 7);
  if (index % FRIEND_OF_DEMO === FRIEND_OF_DEMO - 1 && friends[0]?.index === 0) return 0;
  if (friends.length === 0 || !thrown.chance(trade.invited / 100)) return null;
  const sociable = friends.filter((each) => each.index % 23 === 0);
  return (thrown.chance(0.4) && sociable.length ? thrown.pick(sociable) : thrown.pick(friends)).index;
}

/** The days of a demo that ends today: so many before it, both ends included. */
export function spanUntil(today: Day, daysBefore: number): Span {
  return { first: addDays(today, -daysBefore), last: today };
}
