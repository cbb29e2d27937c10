/** Calendar arithmetic in a business's zone. A `Day` is "YYYY-MM-DD"; instants are `Date`s in UTC. */
export type Day = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** No zone has changed its offset within a quarter of an hour since 1972, and asking the formatter is slow. */
const OFFSET_STEP_MS = 900_000;
const KEPT_MAX = 10_000;
const zones = new Map<string, Map<number, number>>();

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: Date, zone: string): number {
  let offsets = zones.get(zone);
  if (!offsets) zones.set(zone, (offsets = new Map()));
  const day = Math.floor(at.getTime() / DAY_MS);
  let offset = offsets.get(day);
  if (offset === undefined) {
    // No zone changes its offset and changes it back within a day: the same at both ends is the same all day.
    const first = askOffsetMs(new Date(day * DAY_MS), zone);
    const last = askOffsetMs(new Date((day + 1) * DAY_MS - OFFSET_STEP_MS), zone);
    offset = first === last ? first : Number.NaN;
    if (offsets.size >= KEPT_MAX) offsets.clear();
    offsets.set(day, offset);
  }
  if (!Number.isNaN(offset)) return offset;
  return askOffsetMs(new Date(Math.floor(at.getTime() / OFFSET_STEP_MS) * OFFSET_STEP_MS), zone);
}

/** Days as text by their number since 1970: a business asks for the same few hundred all the time. */
const texts = new Map<number, Day>();

function dayText(number: number): Day {
  let text = texts.get(number);
  if (text === undefined) {
    text = new Date(number * DAY_MS).toISOString().slice(0, 10);
    if (texts.size >= KEPT_MAX) texts.clear();
    texts.set(number, text);
  }
  return text;
}

const dayNumber = (day: Day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

function askOffsetMs(at: Date, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return wall - at.getTime();
}

/** The calendar day an instant falls on in a zone. */
export function dayOf(at: Date, zone: string): Day {
  return dayText(Math.floor((at.getTime() + offsetMs(at, zone)) / DAY_MS));
}

/** The hour on the wall in a zone, 0 to 23, and the weekday, 1 (Monday) to 7. */
export function wallOf(at: Date, zone: string): { hour: number; weekday: number } {
  const wall = new Date(at.getTime() + offsetMs(at, zone));
  return { hour: wall.getUTCHours(), weekday: wall.getUTCDay() || 7 };
}

const starts = new Map<string, number>();

/** The first instant of a day in a zone; where a clock change skips midnight, the first instant after it. */
export function startOfDay(day: Day, zone: string): Date {
  const key = `${zone} ${day}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = firstInstant(day, zone).getTime();
    if (starts.size >= KEPT_MAX) starts.clear();
    starts.set(key, start);
  }
  return new Date(start);
}

function firstInstant(day: Day, zone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = new Date(utc - offsetMs(new Date(utc), zone));
  const start = new Date(utc - offsetMs(guess, zone));
  return dayOf(start, zone) < day ? new Date(start.getTime() + 3_600_000) : start;
}

/** A day some days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return dayText(dayNumber(day) + days);
}

/** A day some calendar months later (or earlier); the 31st of a short month is its last day. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whether a text names a zone this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Minutes a zone's wall clock shows past midnight at an instant: 0 to 1439. */
export function minuteOfDay(at: Date, zone: string): number {
  return wallClock(at, zone).minute;
}

/** The instant a zone's wall clock shows a minute of a day; one a clock change skips is the first instant after the gap. */
export function instantAt(day: Day, minute: number, zone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  const guess = new Date(wall - offsetMs(new Date(wall), zone));
  const found = new Date(wall - offsetMs(guess, zone));
  if (minuteOfDay(found, zone) === minute % 1440) return found;
  // Inside a gap the two readings lie on either side of the jump: look for it between them.
  const early = Math.min(guess.getTime(), found.getTime());
  const late = Math.max(guess.getTime(), found.getTime());
  const before = offsetMs(new Date(early), zone);
  let jump = Math.ceil((early + 1) / OFFSET_STEP_MS) * OFFSET_STEP_MS;
  while (jump < late && offsetMs(new Date(jump), zone) === before) jump += OFFSET_STEP_MS;
  return new Date(jump);
}

/** What a clock on the wall of a zone shows: the day, its weekday (1 Monday to 7 Sunday) and the minute of the day. */
export type WallClock = { readonly day: Day; readonly weekday: number; readonly minute: number };

/** An instant as a wall clock in a zone shows it. */
export function wallClock(at: Date, zone: string): WallClock {
  const wall = new Date(at.getTime() + offsetMs(at, zone));
  return {
    day: dayText(Math.floor(wall.getTime() / DAY_MS)),
    weekday: wall.getUTCDay() || 7,
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}
