import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { Qr } from "@/components/card/qr";
import { Share } from "@/components/card/share";
import { cardWords, plural } from "@/components/card/words";
import { OwnFriends, WaitingPoints } from "@/components/referrals/own-friends";
import { InvitationTerms } from "@/components/referrals/terms";
import { parseId } from "@/lib/kernel/ids";
import { inviteCodeOf } from "@/lib/members";
import { baseUrl } from "@/lib/platform/env";
import { programme } from "@/lib/program";
import { rewardsFriends } from "@/lib/program/model";
import { ownInvitations } from "@/lib/referrals";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("nav.invite") };
}

/** A member's own link and QR for friends, and what came of it. */
export default async function InvitePage({
  params,
  searchParams,
}: PageProps<"/[locale]/card/[slug]/invite">) {
  const [locale, { slug }, query] = await Promise.all([getLocale(), params, searchParams]);
  const before = parseId(query.before) ?? null;
  const card = await ownCardOrJoin(locale, slug, "/invite");
  const { ctx, memberId, business } = card;
  const [code, friends, promised, { t, f }] = await Promise.all([
    inviteCodeOf(ctx, memberId),
    ownInvitations(ctx, memberId, before),
    programme(ctx),
    cardWords(business),
  ]);
  const url = `${baseUrl()}/join/${business.slug}?invite=${code}`;
  const welcome = promised.welcome?.points ?? 0n;
  const isRewarded = rewardsFriends(promised.referral);
  const byFriends = promised.tiers.some((tier) => tier.invited !== null);
  return (
    <CardFrame card={card} locale={locale}>
      <h1 className="text-2xl font-semibold tracking-tight">{t("nav.invite")}</h1>
      <p className="-mt-3 text-muted">
        {!isRewarded && welcome > 0n
          ? t("invite.text", { points: f.points(welcome), count: plural(welcome) })
          : t("invite.textPlain")}
        {byFriends && ` ${t("invite.tiers")}`}
      </p>
      <WaitingPoints points={friends.waiting} business={business} />
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
      {isRewarded && (
        <InvitationTerms
          terms={promised.referral}
          welcome={
            welcome > 0n && t("promise.welcome", { points: f.points(welcome), count: plural(welcome) })
          }
          business={business}
        />
      )}
      <OwnFriends invitations={friends} isFirstPage={before === null} business={business} />
    </CardFrame>
  );
}
