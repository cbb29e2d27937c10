import { Ban } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { Desk } from "@/components/desk/desk";
import { wire } from "@/components/desk/wire";
import { ClientTexts } from "@/components/shell/client-texts";
import { EmptyState } from "@/components/ui/empty-state";
import { may, staffOrSignIn } from "@/lib/access";
import { deskSetting, deskToday } from "@/lib/sales";

/** The screen at the reception: who is it, how much, done. */
export default async function DeskPage() {
  const locale = await getLocale();
  const ctx = await staffOrSignIn(locale, `/${locale}/desk`);
  if (!may(ctx.actor, "sales:record")) return <NotForYou />;
  const [{ needsReceiptNumber, items }, today] = await Promise.all([deskSetting(ctx), deskToday(ctx)]);
  const { locale: homeLocale, zone, currency } = ctx.business;
  return (
    <ClientTexts areas={["common", "desk", "reasons", "rewards", "tiers"]}>
      <Desk
        setting={{ locale, homeLocale, zone, currency, needsReceiptNumber, items: wire(items) }}
        today={wire(today)}
      />
    </ClientTexts>
  );
}

async function NotForYou() {
  const t = await getTranslations("desk.closed");
  return (
    <EmptyState icon={<Ban />} title={<h1>{t("title")}</h1>}>
      {t("text")}
    </EmptyState>
  );
}
