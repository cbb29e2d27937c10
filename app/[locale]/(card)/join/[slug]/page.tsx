import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { MailboxHint } from "@/components/access/mailbox-hint";
import { Face } from "@/components/card/face";
import { entryTexts } from "@/components/card/form-texts";
import { JoinButton, JoinForm } from "@/components/card/join-form";
import { Opened } from "@/components/card/opened";
import { businessBySlug, cardIn } from "@/components/card/own-card";
import { Promises } from "@/components/card/promise";
import { refusedTexts } from "@/components/card/refused";
import { rateText } from "@/components/card/standing";
import { cardWords, plural } from "@/components/card/words";
import { CardShell } from "@/components/shell/card-shell";
import { Preferences } from "@/components/shell/preferences";
import { currentPerson, systemContext } from "@/lib/access";
import { mailTransport } from "@/lib/platform/mail";
import { type Programme, programme } from "@/lib/program";

export async function generateMetadata({ params }: PageProps<"/[locale]/join/[slug]">): Promise<Metadata> {
  const [t, business] = await Promise.all([getTranslations("card"), businessBySlug((await params).slug)]);
  return business ? { title: t("join.title", { business: business.name }) } : {};
}

/** The door of a business's programme: what it promises, and a card in two fields. Members go straight to theirs. */
export default async function JoinPage({ params, searchParams }: PageProps<"/[locale]/join/[slug]">) {
  const [locale, { slug }, query, person] = await Promise.all([
    getLocale(),
    params,
    searchParams,
    currentPerson(),
  ]);
  const business = await businessBySlug(slug);
  if (!business) notFound();
  if (person && (await cardIn(person, business))) redirect(`/${locale}/card/${business.slug}`);
  const [promised, { t }, entry, refused] = await Promise.all([
    programme(systemContext(business, "join-page", new Date())),
    cardWords(business),
    entryTexts(),
    refusedTexts("code_wrong", "locked", "mail_failed", "invalid", "offline", "unauthenticated"),
  ]);
  const invite = typeof query.invite === "string" ? query.invite.slice(0, 20) : "";
  const joining = { slug: business.slug, invite, locale, refused };
  return (
    <CardShell color={business.accent}>
      <div className="pt-2">
        <Face color={business.accent} title={business.name}>
          <h1 className="sr-only">{t("join.title", { business: business.name })}</h1>
          <Headline business={business} programme={promised} />
        </Face>
      </div>
      {invite !== "" && (
        <p className="rounded-lg bg-soft px-4 py-3 font-medium text-brand">
          {t("join.invited")}
          <Opened slug={business.slug} code={invite} />
        </p>
      )}
      <section className="panel p-5">
        <h2 className="mb-4 text-xl font-semibold">{person ? t("join.formSignedIn") : t("join.form")}</h2>
        {person ? (
          <JoinButton {...joining} label={t("join.join")} />
        ) : (
          <JoinForm {...joining} texts={{ ...entry, send: t("join.join") }} />
        )}
      </section>
      {!person && mailTransport() === "mailbox" && <MailboxHint locale={locale} />}
      <section aria-labelledby="promise" className="panel p-5">
        <h2 id="promise" className="mb-4 text-base font-semibold">
          {t("join.promise")}
        </h2>
        <Promises business={business} programme={promised} />
      </section>
      <Preferences className="mt-auto pt-2" />
    </CardShell>
  );
}

/** The one figure worth joining for: welcome points where there are any, else the rate. */
async function Headline({
  business,
  programme: promised,
}: {
  business: { zone: string; currency: string };
  programme: Programme;
}) {
  const words = await cardWords(business);
  const { t, f } = words;
  const { welcome, base } = promised;
  if (!welcome || welcome.points === 0n)
    return (
      <p className="text-4xl leading-none font-semibold tracking-tight first-letter:uppercase">
        {rateText(words, promised, base.rateBps)}
      </p>
    );
  return (
    <>
      <p className="text-6xl leading-none font-semibold tracking-[-0.04em] tabular-nums">
        {f.points(welcome.points)}
      </p>
      <p className="mt-2">
        {t("join.headline", { count: plural(welcome.points) })}
        {welcome.days !== null && ` ${t("join.headlineDays", { days: welcome.days })}`}
      </p>
    </>
  );
}
