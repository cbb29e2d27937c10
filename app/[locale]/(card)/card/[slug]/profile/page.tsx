import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AboutForm } from "@/components/card/about-form";
import { aboutTexts } from "@/components/card/form-texts";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { OwnData } from "@/components/card/own-data";
import { refusedTexts } from "@/components/card/refused";
import { Sessions } from "@/components/card/sessions";
import { SignOut } from "@/components/card/sign-out";
import { Preferences } from "@/components/shell/preferences";
import { dayOf } from "@/lib/kernel/time";
import { emailOfPerson } from "@/lib/members";
import { formats } from "@/lib/platform/i18n/format";
import { customer } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("nav.profile") };
}

/** What the business knows of its member, how the card looks and speaks, and where it is signed in. */
export default async function ProfilePage({ params }: PageProps<"/[locale]/card/[slug]/profile">) {
  const [locale, { slug }] = await Promise.all([getLocale(), params]);
  const card = await ownCardOrJoin(locale, slug, "/profile");
  const { ctx, memberId, business, person } = card;
  const [t, words, texts, refused, figures, email] = await Promise.all([
    getTranslations("card"),
    getTranslations("messaging.card"),
    aboutTexts(),
    refusedTexts("invalid", "offline"),
    customer(ctx, { memberId }),
    emailOfPerson(person.personId),
  ]);
  if (!figures) notFound();
  const { name, birthDate, gender } = figures.member;
  return (
    <CardFrame card={card} locale={locale}>
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">{t("nav.profile")}</h1>
        {email && <p className="mt-1 truncate text-muted">{email}</p>}
      </div>
      <section aria-label={t("profile.about")} className="panel p-5">
        <AboutForm
          slug={business.slug}
          about={{ name: name ?? "", birthDate: birthDate ?? "", gender: gender ?? "" }}
          today={dayOf(ctx.now, business.zone)}
          texts={texts}
          refused={refused}
        />
      </section>
      <section aria-labelledby="looks" className="panel p-5">
        <h2 id="looks" className="mb-3 text-base font-semibold">
          {t("profile.looks")}
        </h2>
        <Preferences />
      </section>
      <Link
        href={`/${locale}/card/${business.slug}/messages/settings`}
        className="panel flex min-h-14 items-center justify-between gap-3 px-5 py-3 font-medium"
      >
        {words("settings")}
        <ChevronRight aria-hidden="true" className="size-5 text-faint" />
      </Link>
      <OwnData
        card={card}
        points={figures.available}
        locale={locale}
        refused={refused}
        f={formats({ locale, zone: business.zone, currency: business.currency })}
      />
      <Sessions person={person} />
      <SignOut
        locale={locale}
        texts={{ here: t("profile.signOut"), everywhere: t("profile.signOutEverywhere") }}
        refused={refused}
      />
    </CardFrame>
  );
}
