import { forbidden } from "next/navigation";
import { getLocale } from "next-intl/server";
import { type Context, may, type Permission, staffOrSignIn } from "@/lib/access";
import { type Formats, formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

export type Office = { ctx: Context; locale: Locale; f: Formats };

/** What a page of the office starts with: who asks, their language, the business's formats. Without the right: the 403 page. */
export async function office(permission: Permission, path = ""): Promise<Office> {
  const locale = await getLocale();
  const ctx = await staffOrSignIn(locale, `/${locale}/office${path}`);
  if (!may(ctx.actor, permission)) forbidden();
  const { zone, currency } = ctx.business;
  return { ctx, locale, f: formats({ locale, zone, currency }) };
}
