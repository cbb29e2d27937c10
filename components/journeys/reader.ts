"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Vocabulary } from "@/lib/journeys";
import type { Reader, Say } from "@/lib/journeys/model";
import { formats } from "@/lib/platform/i18n/format";

/** Words for parts of journeys whose key is only known at run time, such as the name of an event. */
export function useSay(area: "journeys.read" | "journeys"): Say {
  const t = useTranslations(area);
  return useMemo(() => (key, values) => (t.has(key as never) ? t(key as never, values as never) : key), [t]);
}

/** Reads journeys in the language of the page, with the business's own names. */
export function useReader(words: Vocabulary): Reader {
  const say = useSay("journeys.read");
  const locale = useLocale();
  return useMemo(() => {
    const f = formats({ locale, zone: "UTC", currency: "UAH" });
    const lists = {
      segment: words.segments,
      template: words.templates,
      tag: words.tags,
      item: words.items,
      tier: words.tiers,
      promo: words.promos,
      reward: words.rewards,
    };
    return {
      say,
      locale,
      name: (kind, id) => lists[kind].find((one) => one.id === id)?.name ?? "…",
      amount: (hundredths) => f.points(BigInt(Math.round(hundredths))),
      day: (day) => f.calendar(day),
    };
  }, [say, locale, words]);
}
