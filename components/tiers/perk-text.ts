import type { useTranslations } from "next-intl";
import { PERK_KINDS, type Perk } from "@/lib/tiers/model";

type Texts = ReturnType<typeof useTranslations<"tiers">>;

/** A perk as people read it: its kind, the owner's words, or both. Pure and browser-safe. */
export function perkText({ kind, text }: Perk, t: Texts): string {
  if (kind === "own") return text ?? t("perk.own");
  return text ? `${t(`perk.${kind}`)}: ${text}` : t(`perk.${kind}`);
}

/** Perks out of a change's value. */
export function perksOf(json: string): Perk[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter(isPerk) : [];
}

const isPerk = (value: unknown): value is Perk => {
  const { kind } = (value ?? {}) as { kind?: unknown };
  return PERK_KINDS.some((known) => known === kind);
};
