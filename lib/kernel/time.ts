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
const OFFSETS_MAX = 10_000;
const offsets = new Map<string, number>();

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: Date, zone: string): number {
  const step = Math.floor(at.getTime() / OFFSET_STEP_MS);
  const key = `${zone} ${step}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = askOffsetMs(new Date(step * OFFSET_STEP_MS), zone);
    if (offsets.size >= OFFSETS_MAX) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

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
  return new Date(at.getTime() + offsetMs(at, zone)).toISOString().slice(0, 10);
}

/** The first instant of a day in a zone; where a clock change skips midnight, the first instant after it. */
export function startOfDay(day: Day, zone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = new Date(utc - offsetMs(new Date(utc), zone));
  const start = new Date(utc - offsetMs(guess, zone));
  return dayOf(start, zone) < day ? new Date(start.getTime() + 3_600_000) : start;
}

/** A day some days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Whether a text names a zone this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
