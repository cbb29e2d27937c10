import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody } from "@/components/ui/card";
import { TabLinks } from "@/components/ui/tab-links";
import { mailboxLetter, may, staffOrSignIn } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { formats } from "@/lib/platform/i18n/format";
import { mailTransport } from "@/lib/platform/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.mailbox"))("title") };
}

/** One letter as its reader would see it, shut in a frame where nothing runs. */
export default async function LetterPage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/mailbox/[id]">) {
  const [locale, { id: given }, asked] = await Promise.all([getLocale(), params, searchParams]);
  const id = parseId(given);
  if (id === undefined) notFound();
  const href = `/${locale}/office/mailbox/${id}` as const;
  const [ctx, t] = await Promise.all([staffOrSignIn(locale, href), getTranslations("enter.mailbox")]);
  if (mailTransport() !== "mailbox" || !may(ctx.actor, "mailbox:read")) notFound();
  const letter = await mailboxLetter(ctx, { id }).catch((error: unknown) => {
    if (error instanceof Refused) return notFound();
    throw error;
  });
  const asText = `${href}?as=text` as const;
  const isText = asked.as === "text";
  const { date } = formats({ locale, zone: ctx.business.zone });
  return (
    <>
      <PageHeader
        title={letter.subject}
        description={`${t("to")}: ${letter.recipient} · ${date(letter.at, "dateTime")}`}
        back={
          <Link
            href={`/${locale}/office/mailbox`}
            className="inline-flex items-center gap-1.5 text-muted hover:text-ink"
          >
            <ArrowLeft aria-hidden="true" className="size-4" />
            {t("back")}
          </Link>
        }
      />
      <Card>
        <div className="px-5 pt-3 sm:px-6">
          <TabLinks
            label={t("form")}
            current={isText ? asText : href}
            items={[
              { href, label: t("asLetter") },
              { href: asText, label: t("asText") },
            ]}
          />
        </div>
        <CardBody>
          {isText ? (
            <pre className="font-sans break-words whitespace-pre-wrap">{letter.text}</pre>
          ) : (
            // Links open in a tab of their own; scripts, forms and storage stay shut.
            <iframe
              title={letter.subject}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              srcDoc={letter.html.replace("<head>", '<head><base target="_blank">')}
              className="h-[36rem] w-full rounded-lg border bg-white"
            />
          )}
        </CardBody>
      </Card>
    </>
  );
}
