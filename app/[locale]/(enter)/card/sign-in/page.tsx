import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PersonSignIn } from "@/components/access/person-sign-in";
import { Forget } from "@/components/card/forget";
import { Card, CardBody } from "@/components/ui/card";
import { currentPerson, ownPath } from "@/lib/access";
import { mailTransport } from "@/lib/platform/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.person"))("title") };
}

/** A person's sign-in to their card. Whoever is signed in already goes on. */
export default async function PersonSignInPage({ searchParams }: PageProps<"/[locale]/card/sign-in">) {
  const [locale, t, asked, person] = await Promise.all([
    getLocale(),
    getTranslations("enter.person"),
    searchParams,
    currentPerson(),
  ]);
  const to = ownPath(asked.to, `/${locale}/card`);
  if (person) redirect(to as Route);
  return (
    <Card>
      {/* Nobody is signed in here any more: what the browser kept of their card goes. */}
      <Forget />
      <CardBody>
        <PersonSignIn locale={locale} to={to} hasMailbox={mailTransport() === "mailbox"} />
        <p className="mt-6 border-t pt-4 text-sm">
          <Link href={`/${locale}/sign-in`} className="text-muted underline-offset-4 hover:underline">
            {t("staff")}
          </Link>
        </p>
      </CardBody>
    </Card>
  );
}
