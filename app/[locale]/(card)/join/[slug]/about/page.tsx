import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AboutForm } from "@/components/card/about-form";
import { aboutTexts } from "@/components/card/form-texts";
import { ownCardOrJoin } from "@/components/card/own-card";
import { refusedTexts } from "@/components/card/refused";
import { CardShell } from "@/components/shell/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { dayOf } from "@/lib/kernel/time";
import { customer } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("join.welcome") };
}

/** The last step of joining, for who likes: a name for the cashier to greet by. */
export default async function AboutPage({ params }: PageProps<"/[locale]/join/[slug]/about">) {
  const [locale, { slug }] = await Promise.all([getLocale(), params]);
  const { ctx, memberId, business } = await ownCardOrJoin(locale, slug);
  const [t, texts, refused, figures] = await Promise.all([
    getTranslations("card"),
    aboutTexts(),
    refusedTexts("invalid", "offline", "unauthenticated"),
    customer(ctx, { memberId }),
  ]);
  if (!figures) notFound();
  const { name, birthDate, gender } = figures.member;
  const card = `/${locale}/card/${business.slug}` as const;
  return (
    <CardShell color={business.accent} head={<span className="truncate font-semibold">{business.name}</span>}>
      <div className="mt-2">
        <h1 className="text-2xl font-semibold tracking-tight">{t("join.welcome")}</h1>
        <p className="mt-1 text-muted">{t("join.welcomeText")}</p>
      </div>
      <AboutForm
        slug={business.slug}
        about={{ name: name ?? "", birthDate: birthDate ?? "", gender: gender ?? "" }}
        today={dayOf(ctx.now, business.zone)}
        texts={{ ...texts, save: t("join.toCard") }}
        refused={refused}
        goOn={card}
        skip={
          <ButtonLink href={card} variant="ghost" size="lg" replace>
            {t("join.skip")}
          </ButtonLink>
        }
      />
    </CardShell>
  );
}
