import { LogOut } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { placesFor } from "@/components/office/places";
import { SignOut } from "@/components/office/sign-out";
import { hrefOf } from "@/components/shell/nav-item";
import { OfficeShell } from "@/components/shell/office-shell";
import { AccentStyle } from "@/components/ui/accent";
import { staffOrSignIn } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("office");
  return { title: { default: t("title"), template: `%s · ${t("title")} · Kolo` }, robots: { index: false } };
}

/** The back office: only for staff, in the business's colours, with the places their role may see. */
export default async function OfficeLayout({ children }: LayoutProps<"/[locale]/office">) {
  const locale = await getLocale();
  const { actor, business } = await staffOrSignIn(locale);
  const [t, nav] = await Promise.all([getTranslations("office"), placesFor(actor, locale)]);
  const person =
    actor.kind === "staff"
      ? { name: actor.name, line: t(`role.${actor.role}`), href: hrefOf(`/${locale}/office/account`) }
      : { name: business.name, line: "" };
  return (
    <>
      <AccentStyle color={business.accent} />
      <OfficeShell
        businessName={business.name}
        person={person}
        nav={nav}
        signOut={<SignOut locale={locale} label={t("signOut")} icon={<LogOut aria-hidden="true" />} />}
      >
        {children}
      </OfficeShell>
    </>
  );
}
