import { DoorClosed } from "lucide-react";
import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ChooseBusiness } from "@/components/access/choose-business";
import { SignOut } from "@/components/access/sign-out";
import { Card, CardBody } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ownPath, signedInStaff, staffBusinesses } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.choose"))("title") };
}

/** The choice of a business, for whoever works for several; also how to change it later. */
export default async function ChooseBusinessPage({ searchParams }: PageProps<"/[locale]/sign-in/choose">) {
  const [locale, t, common, asked, staff] = await Promise.all([
    getLocale(),
    getTranslations("enter.choose"),
    getTranslations("common"),
    searchParams,
    signedInStaff(),
  ]);
  const to = ownPath(asked.to, "");
  if (!staff) redirect(`/${locale}/sign-in${to ? `?${new URLSearchParams({ to })}` : ""}` as Route);
  const works = (await staffBusinesses(staff)).map((work) => ({ ...work, id: String(work.id) }));
  const signOut = <SignOut who="staff" locale={locale} label={common("signOut")} />;
  return (
    <Card>
      <CardBody>
        {works.length === 0 ? (
          <EmptyState icon={<DoorClosed />} title={t("noneTitle")} action={signOut}>
            {t("noneText")}
          </EmptyState>
        ) : (
          <>
            <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
            <p className="mt-1 text-muted">{t("text")}</p>
            <ChooseBusiness locale={locale} to={to} works={works} />
            <div className="flex justify-center border-t pt-4">{signOut}</div>
          </>
        )}
      </CardBody>
    </Card>
  );
}
