import type { Context } from "@/lib/access";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Programme } from "@/lib/program";
import { tierById } from "@/lib/tiers/model";

/** Who reads a timeline, and in which words. */
export type Reading = {
  readonly ctx: Context;
  readonly locale: Locale;
  readonly f: Formats;
  /** The name of a tier, also of one that is no more. */
  readonly tierName: (id: string) => string;
};

/** A reader of a business whose tiers are those of its programme. */
export const readingOf = (ctx: Context, locale: Locale, f: Formats, now: Programme): Reading => ({
  ctx,
  locale,
  f,
  tierName: (id) => tierById(now.base, now.tiers, id).name,
});
