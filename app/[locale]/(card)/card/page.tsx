import { WalletCards } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { JoinCodeForm } from "@/components/card/join-code-form";
import { ownCards } from "@/components/card/own-card";
import { refusedTexts } from "@/components/card/refused";
import { SignOut } from "@/components/card/sign-out";
import { WalletCard } from "@/components/card/wallet-card";
import { CardShell } from "@/components/shell/card-shell";
import { Preferences } from "@/components/shell/preferences";
import { EmptyState } from "@/components/ui/empty-state";
import { Logo } from "@/components/ui/logo";
import { personOrSignIn } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("wallet.title") };
}

/** All of a person's cards; with one card, that one. `?all=1`: the list even so. */
export default async function WalletPage({ searchParams }: PageProps<"/[locale]/card">) {
  const [locale, query] = await Promise.all([getLocale(), searchParams]);
  const person = await personOrSignIn(locale, `/${locale}/card`);
  const cards = await ownCards(person);
  const [only] = cards;
  if (only && cards.length === 1 && query.all === undefined)
    redirect(`/${locale}/card/${only.business.slug}`);
  const [t, refused] = await Promise.all([
    getTranslations("card"),
    refusedTexts("not_found", "offline", "invalid"),
  ]);
  return (
    <CardShell head={<Logo />}>
      <h1 className="text-2xl font-semibold tracking-tight">{t("wallet.title")}</h1>
      {cards.length === 0 ? (
        <EmptyState icon={<WalletCards />} title={t("wallet.empty")}>
          {t("wallet.emptyText")}
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {cards.map((card) => (
            <li key={card.business.slug}>
              <WalletCard card={card} locale={locale} />
            </li>
          ))}
        </ul>
      )}
      <section aria-labelledby="another" className="panel p-5">
        <h2 id="another" className="mb-3 text-base font-semibold">
          {t("wallet.another")}
        </h2>
        <JoinCodeForm locale={locale} label={t("wallet.code")} go={t("wallet.go")} refused={refused} />
      </section>
      <div className="mt-auto grid gap-5 pt-4">
        <Preferences />
        <SignOut locale={locale} texts={{ here: t("profile.signOut") }} refused={refused} />
      </div>
    </CardShell>
  );
}
