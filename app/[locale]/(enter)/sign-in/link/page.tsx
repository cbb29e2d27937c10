import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { OpenLink } from "@/components/access/open-link";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { ownPath } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("enter.link");
  // The address holds a secret: no page after this one may learn it.
  return { title: t("title"), referrer: "no-referrer", robots: { index: false } };
}

/** Where a sign-in link leads. Opening it changes nothing; the button does. */
export default async function OpenLinkPage({ searchParams }: PageProps<"/[locale]/sign-in/link">) {
  const [locale, t, { token, to }] = await Promise.all([
    getLocale(),
    getTranslations("enter.link"),
    searchParams,
  ]);
  return (
    <Card>
      <CardBody>
        <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
        {typeof token === "string" && token.includes(".") ? (
          <>
            <p className="mt-2 text-muted">{t("text")}</p>
            <OpenLink locale={locale} token={token.slice(0, 200)} to={ownPath(to, "")} />
          </>
        ) : (
          <div className="mt-4 grid gap-4">
            <Notice tone="warning">{t("missing")}</Notice>
            <ButtonLink href={`/${locale}/sign-in?by=link`} size="lg">
              {t("again")}
            </ButtonLink>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
