import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RulesForm } from "@/components/messages/rules-form";
import { SuppressionCard } from "@/components/messages/suppression-card";
import { MessageTabs } from "@/components/messages/tabs";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { Notice } from "@/components/ui/notice";
import { messagingRules, suppressions } from "@/lib/messaging";
import { CHANNELS } from "@/lib/messaging/model";
import { mailTransport } from "@/lib/platform/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.office.rules"))("title") };
}

/** Channels with their keys, and what holds for every message whoever sends it. */
export default async function RulesPage() {
  const { ctx, locale, f } = await office("channels:write", "/messages/rules");
  const [t, shown, suppressed] = await Promise.all([
    getTranslations("messaging"),
    messagingRules(ctx),
    suppressions(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("office.rules.title")} description={t("office.rules.text")} />
      <MessageTabs actor={ctx.actor} locale={locale} current="rules" />
      <div className="mb-6 grid gap-3 empty:hidden">
        {shown.away.map(({ lane, until, error }) => {
          const [name = "", service = ""] = lane.split(" ");
          const channel = t(`channel.${CHANNELS.find((one) => one === name) ?? "inbox"}`);
          return (
            <Notice key={lane} tone="warning">
              {t("office.rules.away", {
                channel: service ? `${channel} (${service})` : channel,
                time: f.date(until, "time"),
                error: error ?? "",
              })}
            </Notice>
          );
        })}
      </div>
      <RulesForm settings={shown.settings} has={shown.has} transport={mailTransport()} />
      <SuppressionCard suppressed={suppressed} />
    </>
  );
}
