import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { refusedTexts } from "@/components/card/refused";
import { cardWords } from "@/components/card/words";
import { CardCode } from "@/components/rewards/card-code";
import { CardCertificates, CardHoldings, CardStamps } from "@/components/rewards/card-holdings";
import { CardShop } from "@/components/rewards/card-shop";
import { certificatesOf, entitlements, personalCodes, programme, shop, stampRows } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.card"))("title") };
}

/** What a member holds, what they collect and what their points can buy. */
export default async function CardRewardsPage({ params }: PageProps<"/[locale]/card/[slug]/rewards">) {
  const [locale, { slug }] = await Promise.all([getLocale(), params]);
  const card = await ownCardOrJoin(locale, slug, "/rewards");
  const { ctx, memberId, business } = card;
  const [t, { f }, held, certificates, stamps, offered, codes, current, general] = await Promise.all([
    getTranslations("rewards.card"),
    cardWords(business),
    entitlements(ctx, memberId, { liveOnly: true }),
    certificatesOf(ctx, memberId),
    stampRows(ctx, memberId),
    shop(ctx, memberId),
    personalCodes(ctx, memberId),
    programme(ctx),
    refusedTexts("locked", "unauthenticated", "member_blocked", "offline"),
  ]);
  const own = [
    "insufficient_points",
    "reward_sold_out",
    "reward_limit",
    "reward_not_for_you",
    "reward_not_now",
    "promo_unknown",
    "promo_used",
    "promo_not_now",
    "promo_not_for_you",
    "certificate_unknown",
    "certificate_expired",
  ] as const;
  const refused = { ...general, ...Object.fromEntries(own.map((code) => [code, t(`refused.${code}`)])) };
  const tierNames = new Map([current.base, ...current.tiers].map(({ id, name }) => [id, name]));
  const { currency, zone } = business;
  return (
    <CardFrame card={card} locale={locale}>
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      {held.length + certificates.length + stamps.length + offered.length === 0 && (
        <p className="-mt-3 text-muted">{t("nothing")}</p>
      )}
      {held.length + certificates.length > 0 && (
        <Part title={t("yours")} id="yours">
          <div className="grid gap-2">
            <CardHoldings held={held} now={ctx.now} f={f} />
            <CardCertificates all={certificates} f={f} />
          </div>
        </Part>
      )}
      {stamps.length > 0 && (
        <Part title={t("collecting")} id="stamps">
          <CardStamps rows={stamps} />
        </Part>
      )}
      {offered.length > 0 && (
        <Part title={t("shop")} id="shop">
          <CardShop slug={slug} shop={offered} tierNames={tierNames} refused={refused} f={f} />
        </Part>
      )}
      <Part title={codes.length > 0 ? t("code.own") : t("code.title")} id="code">
        <div className="panel rounded-lg p-4">
          <CardCode
            slug={slug}
            place={{ locale, zone, currency }}
            refused={refused}
            own={codes.map(({ code, name, points, rewardName, expiresAt }) => ({
              code,
              about: t("code.ownText", {
                name,
                what: rewardName ?? t("code.ownPoints", { points: f.points(points ?? 0n) }),
              }),
              until: expiresAt && t("code.ownUntil", { date: f.date(new Date(expiresAt.getTime() - 1)) }),
              label: t("code.useLabel", { code }),
            }))}
            texts={{
              use: t("code.use"),
              label: t("code.label"),
              hint: t("code.hint"),
              send: t("code.send"),
              points: t("code.points", { points: "{points}" }),
              reward: t("code.reward", { name: "{name}" }),
              certificate: t("code.certificate", { amount: "{amount}" }),
            }}
          />
        </div>
      </Part>
    </CardFrame>
  );
}

function Part({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 px-1 text-base font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
