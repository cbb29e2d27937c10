import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { KeepFresh } from "@/components/access/keep-fresh";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { mailbox, may, staffOrSignIn } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { formats } from "@/lib/platform/i18n/format";
import { mailTransport } from "@/lib/platform/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.mailbox"))("title") };
}

/** The letters of an installation that has no mail server; new ones show up by themselves. */
export default async function MailboxPage({ searchParams }: PageProps<"/[locale]/office/mailbox">) {
  const locale = await getLocale();
  const [ctx, t, asked] = await Promise.all([
    staffOrSignIn(locale, `/${locale}/office/mailbox`),
    getTranslations("enter.mailbox"),
    searchParams,
  ]);
  if (mailTransport() !== "mailbox" || !may(ctx.actor, "mailbox:read")) notFound();
  const before = parseId(asked.before);
  const { letters, next } = await mailbox(ctx, { before });
  const { date } = formats({ locale, zone: ctx.business.zone });
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      {before === undefined && <KeepFresh />}
      <Card>
        {letters.length === 0 ? (
          <EmptyState icon={<Inbox />} title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {letters.map((letter) => (
              <li key={String(letter.id)} className="relative px-5 py-3.5 hover:bg-sunken/60 sm:px-6">
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <Link
                    href={`/${locale}/office/mailbox/${letter.id}`}
                    className="font-medium after:absolute after:inset-0"
                  >
                    {letter.subject}
                  </Link>
                  <time
                    dateTime={letter.at.toISOString()}
                    className="text-sm whitespace-nowrap text-faint tabular-nums"
                  >
                    {date(letter.at, "dateTime")}
                  </time>
                </div>
                <p className="truncate text-sm text-muted">{letter.recipient}</p>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <div className="mt-4 flex justify-between gap-3">
        {before === undefined ? (
          <span />
        ) : (
          <ButtonLink href={`/${locale}/office/mailbox`} variant="ghost">
            {t("newest")}
          </ButtonLink>
        )}
        {next !== null && (
          <ButtonLink href={`/${locale}/office/mailbox?before=${next}`} variant="secondary">
            {t("older")}
          </ButtonLink>
        )}
      </div>
    </>
  );
}
