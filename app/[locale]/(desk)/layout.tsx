import { LayoutDashboard, LogOut, ReceiptText } from "lucide-react";
import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Account } from "@/components/desk/account";
import { DeskShell } from "@/components/shell/desk-shell";
import { Preferences } from "@/components/shell/preferences";
import { AccentStyle } from "@/components/ui/accent";
import { Button } from "@/components/ui/button";
import { type Context, may, staffOrSignIn } from "@/lib/access";
import { signOutStaff } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { deskSetting } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: t("title"), robots: { index: false } };
}

/** The desk's frame, in the business's colour, for whoever of its staff is signed in. */
export default async function DeskLayout({ children }: LayoutProps<"/[locale]">) {
  const locale = await getLocale();
  const ctx = await staffOrSignIn(locale, `/${locale}/desk`);
  const t = await getTranslations("desk");
  const place = may(ctx.actor, "sales:record") ? (await deskSetting(ctx)).locationName : null;
  const nav = [
    { href: `/${locale}/desk` as Route, label: t("title"), icon: <ReceiptText aria-hidden="true" /> },
  ];
  return (
    <>
      <AccentStyle color={ctx.business.accent} />
      <DeskShell
        businessName={ctx.business.name}
        {...(place !== null && { place })}
        nav={nav}
        actions={<Staff ctx={ctx} locale={locale} />}
      >
        {children}
      </DeskShell>
    </>
  );
}

async function Staff({ ctx, locale }: { ctx: Context; locale: Locale }) {
  const [t, common] = await Promise.all([getTranslations("desk"), getTranslations("common")]);
  if (ctx.actor.kind !== "staff") return null;
  return (
    <Account name={ctx.actor.name} role={t(`role.${ctx.actor.role}`)}>
      <Preferences />
      {may(ctx.actor, "analytics:read") && (
        <a href={`/${locale}/office`} className="btn btn-secondary btn-lg">
          <LayoutDashboard aria-hidden="true" />
          {t("office")}
        </a>
      )}
      <form
        action={async () => {
          "use server";
          await signOutStaff(null, { locale });
        }}
      >
        <Button type="submit" variant="secondary" size="lg" className="w-full">
          <LogOut aria-hidden="true" />
          {common("signOut")}
        </Button>
      </form>
    </Account>
  );
}
