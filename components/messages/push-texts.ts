import { getTranslations } from "next-intl/server";
import type { PushTexts } from "./push-switch";

/** What the switch for notifications says, handed to client code as plain texts. */
export async function pushTexts(): Promise<PushTexts> {
  const t = await getTranslations("messaging.card.push");
  return {
    title: t("title"),
    text: t("text"),
    on: t("on"),
    off: t("off"),
    isOn: t("isOn"),
    denied: t("denied"),
    unsupported: t("unsupported"),
    later: t("later"),
    failed: t("failed"),
  };
}
