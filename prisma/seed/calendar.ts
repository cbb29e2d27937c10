import { addDays, type Day, startOfDay } from "../../lib/kernel/time";
import type { Dice } from "./dice";
import type { Trade } from "./trade";

/** The simulated days of one business: numbered from its first, each with how busy it is. */
export type Calendar = {
  readonly days: readonly {
    readonly day: Day;
    readonly start: number;
    readonly busy: number;
    readonly rush: number;
  }[];
  /** An open day near a wished one, after `after`, or nothing when that is past the end. */
  near(dice: Dice, wished: number, after: number): number | undefined;
  /** A moment of a day when the doors are open. */
  moment(dice: Dice, index: number): Date;
};

const HOUR_MS = 3_600_000;

/** Numbers the days from `first` to `last`, both included. */
export function calendar(trade: Trade, first: Day, last: Day): Calendar {
  const days: Calendar["days"][number][] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const date = new Date(`${day}T00:00:00Z`);
    const rush = trade.season(date.getUTCMonth() + 1, date.getUTCDate());
    const weekday = trade.weekdays[(date.getUTCDay() + 6) % 7] ?? 1;
    days.push({ day, start: startOfDay(day, trade.zone).getTime(), busy: rush * weekday, rush });
  }
  const near = (dice: Dice, wished: number, after: number) => {
    const reach = wished - after > 5 ? 2 : 1;
    const from = Math.max(after + 1, Math.round(wished) - reach);
    const open = [0, 1, 2, 3, 4].map((step) => from + step).filter((index) => (days[index]?.busy ?? 0) > 0);
    const candidates = open.slice(0, 2 * reach + 1);
    return candidates.length ? dice.weighted(candidates, (index) => days[index]?.busy ?? 0) : undefined;
  };
  const moment = (dice: Dice, index: number) => {
    const hours = trade.hours.map((weight, at) => ({ weight, hour: trade.opens + at }));
    const { hour } = dice.weighted(hours, (each) => each.weight);
    return new Date((days[index]?.start ?? 0) + hour * HOUR_MS + dice.whole(0, HOUR_MS - 1));
  };
  return { days, near, moment };
}
