import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { LinkForm } from "@/components/access/link-form";
import { PasswordForm } from "@/components/access/password-form";
import { Card, CardBody } from "@/components/ui/card";
import { TabLinks } from "@/components/ui/tab-links";
import { ownPath, signedInStaff } from "@/lib/access";
import { STAFF_LINK_MINUTES } from "@/lib/access/model";
import { mailTransport } from "@/lib/platform/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.staff"))("title") };
}

/** Staff sign-in: by password, or by a link in a letter. Whoever is signed in already goes on. */
export default async function StaffSignInPage({ searchParams }: PageProps<"/[locale]/sign-in">) {
  const [locale, t, asked, staff] = await Promise.all([
    getLocale(),
    getTranslations("enter.staff"),
    searchParams,
    signedInStaff(),
  ]);
  const to = ownPath(asked.to, "");
  if (staff?.context) {
    const home =
      staff.context.actor.kind === "staff" && staff.context.actor.role === "cashier" ? "desk" : "office";
    redirect((to || `/${locale}/${home}`) as Route);
  }
  const byPassword = withQuery(`/${locale}/sign-in`, { to });
  const byLink = withQuery(`/${locale}/sign-in`, { by: "link", to });
  const isByLink = asked.by === "link";
  return (
    <Card>
      <CardBody>
        <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
        <p className="mt-1 mb-4 text-muted">{t("text")}</p>
        <TabLinks
          label={t("ways")}
          current={isByLink ? byLink : byPassword}
          items={[
            { href: byPassword, label: t("byPassword") },
            { href: byLink, label: t("byLink") },
          ]}
        />
        {isByLink ? (
          <LinkForm
            locale={locale}
            to={to}
            hasMailbox={mailTransport() === "mailbox"}
            minutes={STAFF_LINK_MINUTES}
          />
        ) : (
          <PasswordForm locale={locale} to={to} />
        )}
        <p className="mt-6 border-t pt-4 text-sm">
          <Link href={`/${locale}/card/sign-in`} className="text-muted underline-offset-4 hover:underline">
            {t("guest")}
          </Link>
        </p>
      </CardBody>
    </Card>
  );
}

function withQuery(path: string, query: Record<string, string>): Route {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return (given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`) as Route;
}
