import { ReceiptText } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { businessBySlug, cardIn, ownCards } from "@/components/card/own-card";
import { refusedTexts } from "@/components/card/refused";
import { VoucherForm } from "@/components/card/voucher-form";
import { cardWords, plural } from "@/components/card/words";
import { CardShell } from "@/components/shell/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Business, personContext, personOrSignIn, type SignedInPerson } from "@/lib/access";
import { findVoucher, type Voucher } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("voucher.title"), referrer: "no-referrer" };
}

/** The points of a receipt, for whoever scanned it: one press, with a card made on the way where there is none. */
export default async function VoucherPage({
  params,
  searchParams,
}: PageProps<"/[locale]/card/voucher/[code]">) {
  const [locale, { code }, { b }] = await Promise.all([getLocale(), params, searchParams]);
  const slug = typeof b === "string" ? b : "";
  const back = `/${locale}/card/voucher/${encodeURIComponent(code)}?${new URLSearchParams({ b: slug })}`;
  const person = await personOrSignIn(locale, back);
  const [t, found] = await Promise.all([getTranslations("card"), find(person, slug, code)]);
  if (!found)
    return (
      <CardShell>
        <h1 className="sr-only">{t("voucher.title")}</h1>
        <EmptyState
          icon={<ReceiptText />}
          title={t("voucher.gone")}
          action={<ButtonLink href={`/${locale}/card`}>{t("voucher.toCards")}</ButtonLink>}
        >
          {t("voucher.goneText")}
        </EmptyState>
      </CardShell>
    );
  const { business, voucher, isMember } = found;
  const [{ f }, refused] = await Promise.all([
    cardWords(business),
    refusedTexts("voucher_unknown", "voucher_used", "member_blocked", "unauthenticated", "offline"),
  ]);
  const amount = { points: f.points(voucher.points), count: plural(voucher.points) };
  return (
    <CardShell color={business.accent} head={<span className="truncate font-semibold">{business.name}</span>}>
      <div className="flex flex-1 flex-col justify-center gap-6 pb-10">
        <div className="text-center">
          <span
            aria-hidden="true"
            className="mx-auto mb-5 grid size-16 place-items-center rounded-full bg-soft text-brand"
          >
            <ReceiptText className="size-7" />
          </span>
          <p className="text-6xl font-semibold tracking-tight tabular-nums">{f.points(voucher.points)}</p>
          <h1 className="mt-2 text-xl font-semibold">{t("voucher.heading", amount)}</h1>
          <p className="mt-1.5 text-muted">
            {isMember ? t("voucher.text") : t("voucher.textJoin", { business: business.name })}
          </p>
        </div>
        <VoucherForm
          slug={business.slug}
          code={voucher.code}
          label={isMember ? t("voucher.take") : t("voucher.joinAndTake")}
          done={t("voucher.taken", amount)}
          refused={refused}
          cardLink={
            <ButtonLink href={`/${locale}/card/${business.slug}`} size="xl">
              {t("voucher.toCard")}
            </ButtonLink>
          }
        />
      </div>
    </CardShell>
  );
}

type Found = { business: Business; voucher: Voucher; isMember: boolean };

/** The voucher in the business the link names; where it names none, in those the person has a card of. */
async function find(person: SignedInPerson, slug: string, text: string): Promise<Found | undefined> {
  const code = text.replace(/[\s-]/g, "").toUpperCase();
  if (!/^[\dA-Z]{4,32}$/.test(code)) return undefined;
  const named = await businessBySlug(slug);
  const places = named ? [named] : (await ownCards(person)).map((card) => card.business);
  for (const business of places) {
    const voucher = await findVoucher(personContext(business, person), code);
    if (voucher) return { business, voucher, isMember: (await cardIn(person, business)) !== undefined };
  }
  return undefined;
}
