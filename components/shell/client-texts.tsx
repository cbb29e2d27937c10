import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Area } from "@/lib/platform/i18n/messages";

/**
 * Hands the browser the texts of the areas that client components below it use, and no others.
 * The card's page keeps its weight down by passing texts as props instead.
 */
export async function ClientTexts({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const messages = await getMessages();
  const picked = Object.fromEntries(areas.map((area) => [area, messages[area]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
