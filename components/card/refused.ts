import { getTranslations } from "next-intl/server";
import type card from "@/lib/platform/i18n/messages/en/card.json";
import type { RefusedTexts } from "./refused-text";

type Code = keyof (typeof card)["refused"];

/** The refusals a form of the card may meet, in the reader's language: handed to client code as plain texts. */
export async function refusedTexts(...codes: readonly Code[]): Promise<RefusedTexts> {
  const t = await getTranslations("card.refused");
  const entries = [...codes, "too_many_requests" as const].map((code) => [code, t(code)] as const);
  return { ...Object.fromEntries(entries), internal: t("internal") };
}
