import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { Qr } from "@/components/card/qr";
import { Share } from "@/components/card/share";
import { cardWords, plural } from "@/components/card/words";
import { inviteCodeOf } from "@/lib/members";
import { baseUrl } from "@/lib/platform/env";
import { programme } from "@/lib/program";
import { customer } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("nav.invite") };
}

/** A member's own link and QR for friends, and what came of it. */
export default async function InvitePage({ params }: PageProps<"/[locale]/card/[slug]/invite">) {
  const [locale, { slug }] = await Promise.all([getLocale(), params]);
  const card = await ownCardOrJoin(locale, slug, "/invite");
  const { ctx, memberId, business } = card;
  const [code, figures, promised, { t, f }] = await Promise.all([
    inviteCodeOf(ctx, memberId),
    customer(ctx, { memberId }),
    programme(ctx),
    cardWords(business),
  ]);
  if (!figures) notFound();
  const url = `${baseUrl()}/join/${business.slug}?invite=${code}`;
  const welcome = promised.welcome?.points ?? 0n;
  const byFriends = promised.tiers.some((tier) => tier.invited !== null);
  return (
    <CardFrame card={card} locale={locale}>
      <h1 className="text-2xl font-semibold tracking-tight">{t("nav.invite")}</h1>
      <p className="-mt-3 text-muted">
        {welcome > 0n
          ? t("invite.text", { points: f.points(welcome), count: plural(welcome) })
          : t("invite.textPlain")}
        {byFriends && ` ${t("invite.tiers")}`}
      </p>
      <div className="mx-auto w-full max-w-64 rounded-xl bg-white p-5 shadow-card">
        <Qr text={url} label={t("invite.qr")} className="block h-auto w-full" />
      </div>
      <p className="rounded-lg bg-sunken px-4 py-3 text-center text-sm break-all select-all">{url}</p>
      <Share
        url={url}
        title={business.name}
        text={t("invite.message", { business: business.name })}
        texts={{ share: t("invite.share"), copy: t("invite.copy"), copied: t("invite.copied") }}
      />
      <p className="panel flex items-center gap-3.5 rounded-lg px-4 py-3">
        <span
          aria-hidden="true"
          className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand"
        >
          <UserPlus className="size-4.5" />
        </span>
        <span>
          <span className="block font-medium">{t("invite.joined", { count: figures.invited })}</span>
          <span className="block text-sm text-muted">
            {t("invite.bought", { count: figures.effectiveInvited })}
          </span>
        </span>
      </p>
    </CardFrame>
  );
}
