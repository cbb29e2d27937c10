import { Send } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CardFrame } from "@/components/card/frame";
import { ownCardOrJoin } from "@/components/card/own-card";
import { ChannelSwitch } from "@/components/messages/channel-switch";
import { clockOf } from "@/components/messages/clock";
import { ConsentHistory } from "@/components/messages/consent-history";
import { PushSwitch } from "@/components/messages/push-switch";
import { pushTexts } from "@/components/messages/push-texts";
import { QuietForm } from "@/components/messages/quiet-form";
import { buttonClass } from "@/components/ui/button";
import { type ChannelChoice, preferences } from "@/lib/messaging";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.card"))("settings") };
}

/** What comes, where and when: channels, purposes, quiet hours, and all that was agreed to before. */
export default async function MessageSettingsPage({
  params,
}: PageProps<"/[locale]/card/[slug]/messages/settings">) {
  const [locale, t, channels, { slug }] = await Promise.all([
    getLocale(),
    getTranslations("messaging.card"),
    getTranslations("messaging.channel"),
    params,
  ]);
  const card = await ownCardOrJoin(locale, slug, "/messages/settings");
  const { channels: all, quiet, usual, history, telegramUrl } = await preferences(card.ctx, card.memberId);
  const where = ({ channel, address }: ChannelChoice) => {
    if (channel === "inbox") return t("always");
    if (address === null) return t("noAddress");
    if (channel === "push") return t("browsers", { count: Number(address) });
    return channel === "telegram" ? `@${address}` : address;
  };
  const usualText = usual
    ? t("quiet.usual", { from: clockOf(usual.from), until: clockOf(usual.until) })
    : t("quiet.usualNone");
  return (
    <CardFrame card={card} locale={locale}>
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">{t("settings")}</h1>
        <p className="mt-1 text-muted">{t("settingsText")}</p>
      </div>
      <PushSwitch slug={card.business.slug} texts={await pushTexts()} />
      {(["marketing", "service"] as const).map((purpose) => (
        <section key={purpose} aria-labelledby={purpose} className="panel p-5">
          <h2 id={purpose} className="text-base font-semibold">
            {t(purpose)}
          </h2>
          {purpose === "service" && <p className="text-sm text-muted">{t("serviceText")}</p>}
          <div className="mt-2 grid gap-1.5">
            {all
              .filter(({ channel }) => purpose === "marketing" || channel !== "inbox")
              .map((choice) => (
                <ChannelSwitch
                  key={choice.channel}
                  slug={card.business.slug}
                  purpose={purpose}
                  channel={choice.channel}
                  granted={choice[purpose]}
                  label={channels(choice.channel)}
                  hint={where(choice)}
                  failed={t("failed")}
                />
              ))}
          </div>
          {purpose === "marketing" && telegramUrl && (
            <a
              href={telegramUrl}
              target="_blank"
              rel="noreferrer"
              className={buttonClass({ variant: "secondary", className: "mt-3 w-full" })}
            >
              <Send aria-hidden="true" />
              {t("connectTelegram")}
            </a>
          )}
        </section>
      ))}
      <section aria-labelledby="quiet" className="panel p-5">
        <h2 id="quiet" className="text-base font-semibold">
          {t("quiet.title")}
        </h2>
        <p className="mb-2 text-sm text-muted">{t("quiet.text")}</p>
        <QuietForm
          slug={card.business.slug}
          quiet={quiet}
          texts={{
            title: t("quiet.title"),
            usual: usualText,
            own: t("quiet.own"),
            from: t("quiet.from"),
            until: t("quiet.until"),
            saved: t("saved"),
            failed: t("failed"),
          }}
        />
      </section>
      <ConsentHistory history={history} locale={locale} zone={card.business.zone} />
    </CardFrame>
  );
}
