import { amountText, decimalText, numberFormat } from "./amount";

/** The few ways a date is written here. */
const DATES = {
  /** 21 Nov 2026 */
  day: { day: "numeric", month: "short", year: "numeric" },
  /** 21 November */
  dayLong: { day: "numeric", month: "long" },
  /** November 2026 */
  month: { month: "long", year: "numeric" },
  /** Nov 26 */
  monthShort: { month: "short", year: "2-digit" },
  /** Sat */
  weekday: { weekday: "short" },
  /** 14:05 */
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** 21 Nov 2026, 14:05 */
  dateTime: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof DATES;

export type Formats = ReturnType<typeof formats>;

/**
 * Numbers and dates as one reader of one business sees them. Pure and browser-safe.
 * Shape: `zone` is the business's IANA zone, `currency` its ISO code.
 * Units: points and money in whole hundredths.
 */
export function formats({
  locale,
  zone = "UTC",
  currency = "EUR",
}: {
  locale: string;
  zone?: string;
  currency?: string;
}) {
  const dates = (style: DateStyle, timeZone: string) => dateFormat(locale, { ...DATES[style], timeZone });
  return {
    /** "1 234" or "1 234,50": decimals only when there are any. */
    points: (hundredths: bigint) => amountText(hundredths, locale),
    /** "+1 234", "−50": a movement of points. */
    pointsSigned: (hundredths: bigint) =>
      `${hundredths > 0n ? "+" : hundredths < 0n ? "−" : ""}${amountText(hundredths < 0n ? -hundredths : hundredths, locale)}`,
    /** "1 234,50 ₴". `whole: "drop"` leaves out ",00". */
    money: (minor: bigint, { whole = "keep" }: { whole?: "keep" | "drop" } = {}) =>
      numberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        minimumFractionDigits: whole === "drop" && minor % 100n === 0n ? 0 : 2,
        maximumFractionDigits: 2,
      }).format(decimalText(minor)),
    /** "1,2 млн ₴": for tiles and axes. */
    moneyShort: (minor: bigint) =>
      numberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        notation: "compact",
        maximumFractionDigits: 1,
      }).format(decimalText(minor)),
    /** A count: "25 000". */
    count: (value: number | bigint) => numberFormat(locale, { maximumFractionDigits: 0 }).format(value),
    /** A share, 0.124 as "12%"; `digits` after the decimal sign. */
    percent: (share: number, digits = 0) =>
      numberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(share),
    /** A change, 0.124 as "+12%". */
    percentSigned: (share: number) =>
      numberFormat(locale, { style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(
        share,
      ),
    /** An instant, in the business's zone. */
    date: (instant: Date, style: DateStyle = "day") => dates(style, zone).format(instant),
    /** A calendar date "2026-11-21", which has no zone. */
    calendar: (day: string, style: Exclude<DateStyle, "time" | "dateTime"> = "day") =>
      dates(style, "UTC").format(new Date(`${day}T00:00:00Z`)),
    /** "today", "yesterday", "in 3 days": calendar days of the business's zone between `now` and `instant`. */
    days: (instant: Date, now: Date) => relative(locale, dayNumber(instant, zone) - dayNumber(now, zone)),
  };
}

/** Days beyond this many read better in months, and those beyond two dozen in years. */
const DAYS_MAX = 60;

function relative(locale: string, days: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(days) <= DAYS_MAX) return format.format(days, "day");
  const months = Math.round(days / 30.44);
  return Math.abs(months) < 24
    ? format.format(months, "month")
    : format.format(Math.round(days / 365.25), "year");
}

/** The number of the calendar day an instant falls on in a zone, counted from 1970. */
function dayNumber(instant: Date, zone: string): number {
  const parts = dateFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(instant);
  return Date.parse(`${parts}T00:00:00Z`) / 86_400_000;
}

const made = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // British order for English: a loyalty card is read far from the one country that writes the month first.
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, options);
  made.set(key, format);
  return format;
}
