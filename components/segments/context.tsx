"use client";
import { useLocale, useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useMemo } from "react";
import { formats } from "@/lib/platform/i18n/format";
import type { Words } from "@/lib/segments/model";
import { choicesOf, type Lists, say, wordsOf } from "./words";

type Known = {
  readonly lists: Lists;
  readonly words: Words;
  readonly locale: string;
  readonly currency: string;
  readonly text: (key: string, values?: Record<string, string | number>) => string;
  readonly choices: (list: string) => ReturnType<typeof choicesOf>;
};

const Place = createContext<Known | null>(null);

/** What every part of the builder needs: the language's words and the business's own things. */
export function BuilderWords({
  lists,
  currency,
  children,
}: {
  lists: Lists;
  currency: string;
  children: ReactNode;
}) {
  const t = useTranslations("segments");
  const locale = useLocale();
  const known = useMemo<Known>(() => {
    const f = formats({ locale, currency });
    return {
      lists,
      locale,
      currency,
      words: wordsOf(t, f, lists),
      text: (key, values) => say(t, key, values),
      choices: (list) => choicesOf(t, lists, list),
    };
  }, [t, locale, currency, lists]);
  return <Place value={known}>{children}</Place>;
}

export function useBuilder(): Known {
  const known = use(Place);
  if (!known) throw new Error("the builder's parts stand inside BuilderWords");
  return known;
}
