"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

/** A service or good to be picked. */
export type DeskItem = {
  readonly id: number;
  readonly name: string;
  readonly category: string | null;
  readonly priceMinor: number;
};

/** What every part of the desk knows: whose it is and what it asks for. */
export type Setting = {
  readonly locale: Locale;
  /** The business's own language decides how home phones are read. */
  readonly homeLocale: string;
  readonly zone: string;
  readonly currency: string;
  readonly needsReceiptNumber: boolean;
  readonly items: readonly DeskItem[];
};

type Desk = Setting & { readonly format: ReturnType<typeof wireFormats>; readonly separator: string };
const Kept = createContext<Desk | null>(null);

/** The formats of the product, taking numbers as they travel: whole hundredths and ISO instants. */
function wireFormats({ locale, zone, currency }: Setting) {
  const f = formats({ locale, zone, currency });
  return {
    money: (minor: number) => f.money(BigInt(minor), { whole: "drop" }),
    points: (hundredths: number) => f.points(BigInt(hundredths)),
    signed: (hundredths: number) => f.pointsSigned(BigInt(hundredths)),
    percent: (bps: number) => f.percent(bps / 10_000, 2),
    date: (at: string) => f.date(new Date(at), "dayLong"),
    /** The last day of what ends at an instant. */
    lastDay: (end: string) => f.date(new Date(Date.parse(end) - 1), "dayLong"),
    time: (at: string) => f.date(new Date(at), "time"),
    days: (at: string) => f.days(new Date(at), new Date()),
  };
}

/** Hands the setting to everything below. */
export function DeskSetting({ setting, children }: { setting: Setting; children: ReactNode }) {
  const desk = useMemo<Desk>(() => {
    const separator = setting.locale === "en" ? "." : ",";
    return { ...setting, format: wireFormats(setting), separator };
  }, [setting]);
  return <Kept value={desk}>{children}</Kept>;
}

/** The setting and the formats of this desk. */
export function useDesk(): Desk {
  const desk = useContext(Kept);
  if (!desk) throw new Error("useDesk needs a DeskSetting above it: the desk's page has one.");
  return desk;
}
