"use client";
import { useMemo, useState } from "react";
import { type Content, type Language, lint, type Offer, type Wording } from "@/lib/messaging/model";
import type { TemplateDraft } from "@/lib/messaging/schema";

const EMPTY: Wording = { title: "", text: "" };

/** A template while it is being written: its languages one at a time, and what is wrong with it as it stands. */
export function useTemplateDraft(start: TemplateDraft, first: Language) {
  const [draft, setDraft] = useState(start);
  const [language, setLanguage] = useState<Language>(first);
  // As it would be saved: a language nobody wrote in is not an unfinished one.
  const problems = useMemo(() => lint(cleaned(draft.content)), [draft.content]);
  const wording = draft.content.locales[language] ?? EMPTY;
  const setContent = (change: Partial<Content>) =>
    setDraft((before) => ({
      ...before,
      content: { ...before.content, ...change } as TemplateDraft["content"],
    }));
  const setWording = (change: Partial<Wording>) =>
    setContent({ locales: { ...draft.content.locales, [language]: { ...wording, ...change } } });
  const setOffers = (offers: readonly Offer[]) => setContent({ offers: [...offers] });
  const set = (change: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...change }));
  return { draft, set, language, setLanguage, wording, setWording, setOffers, problems };
}

export type Drafted = ReturnType<typeof useTemplateDraft>;

/** What is saved: languages nobody wrote in are left out. */
export function cleaned(content: TemplateDraft["content"]): TemplateDraft["content"] {
  const isWritten = (one: Wording | undefined) =>
    one !== undefined && Object.values(one).some((value) => value !== "" && typeof value === "string");
  const locales = Object.fromEntries(Object.entries(content.locales).filter(([, one]) => isWritten(one)));
  return { ...content, locales };
}
