import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { CardBody } from "@/components/card/card-body";
import { CardFrame } from "@/components/card/frame";
import { EntryList } from "@/components/card/history-list";
import { InstallHint } from "@/components/card/install-hint";
import { Live } from "@/components/card/live";
import { Notes } from "@/components/card/notes";
import { businessBySlug, ownCardOrJoin } from "@/components/card/own-card";
import { readHistory } from "@/components/card/read-history";
import { stateOf } from "@/components/card/reconnect";
import { Standing } from "@/components/card/standing";
import { cardWords } from "@/components/card/words";
import { PushSwitch } from "@/components/messages/push-switch";
import { pushTexts } from "@/components/messages/push-texts";
import { showCode } from "@/lib/members";
import { CODE_REFRESH_MINUTES } from "@/lib/members/model";
import { programme } from "@/lib/program";
import { customer } from "@/lib/sales";
import { stoodOf } from "@/lib/sales/model";
import { outlook } from "@/lib/tiers";

const LATEST = 3;
/** A little after the code counts as used up, so that the server agrees. */
const RENEW_SLACK_MS = 5_000;

export async function generateMetadata({ params }: PageProps<"/[locale]/card/[slug]">): Promise<Metadata> {
  const business = await businessBySlug((await params).slug);
  return business ? { title: business.name } : {};
}

/** One business's card: the code, the balance and what goes with it, always as of now. */
export default async function CardPage({ params }: PageProps<"/[locale]/card/[slug]">) {
  const [locale, { slug }] = await Promise.all([getLocale(), params]);
  const card = await ownCardOrJoin(locale, slug);
  const { ctx, memberId, business } = card;
  const [figures, promised, history, words, push] = await Promise.all([
    customer(ctx, { memberId }),
    programme(ctx),
    readHistory(card, { count: LATEST, withLines: true }),
    cardWords(business),
    pushTexts(),
  ]);
  if (!figures) notFound();
  const code = figures.member.blockedAt ? null : await showCode(ctx, memberId);
  const { t, f } = words;
  const asOf = `${f.date(ctx.now, "dayLong")}, ${f.date(ctx.now, "time")}`;
  return (
    <CardFrame card={card} locale={locale} isHome>
      <h1 className="sr-only">{t("cardOf", { business: business.name })}</h1>
      <Live
        business={business.slug}
        state={stateOf(figures)}
        renewInMs={
          code &&
          code.expiresAt.getTime() - ctx.now.getTime() - CODE_REFRESH_MINUTES * 60_000 + RENEW_SLACK_MS
        }
        offline={t("offline", { asOf })}
      />
      <CardBody card={card} figures={figures} programme={promised} code={code} />
      <Notes card={card} figures={figures} programme={promised} />
      <Standing card={card} outlook={await outlook(ctx, promised, stoodOf(figures))} programme={promised} />
      {history.entries.length > 0 && (
        <section aria-labelledby="latest">
          <div className="mb-2 flex items-center justify-between gap-3 px-1">
            <h2 id="latest" className="text-base font-semibold">
              {t("latest")}
            </h2>
            <Link
              href={`/${locale}/card/${business.slug}/history`}
              className="-mr-2 flex min-h-10 items-center gap-0.5 px-2 text-sm font-medium text-brand"
            >
              {t("allHistory")}
              <ChevronRight aria-hidden="true" className="size-4" />
            </Link>
          </div>
          <EntryList
            card={card}
            words={words}
            entries={history.entries.slice(0, LATEST)}
            lines={history.lines}
          />
        </section>
      )}
      {figures.visits > 0 && <PushSwitch slug={business.slug} texts={push} asHint />}
      <InstallHint
        slug={slug}
        texts={{
          title: t("install.title"),
          text: t("install.text"),
          yes: t("install.yes"),
          no: t("install.no"),
        }}
      />
    </CardFrame>
  );
}
