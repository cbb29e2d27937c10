import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { LeaveForm } from "@/components/messages/leave-form";
import { exitOf } from "@/lib/messaging";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("messaging.unsubscribe");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** The way out of a business's offers: one press, no sign-in. */
export default async function UnsubscribePage({ params }: PageProps<"/[locale]/unsubscribe/[token]">) {
  const { token } = await params;
  const [locale, t, channels, exit] = await Promise.all([
    getLocale(),
    getTranslations("messaging.unsubscribe"),
    getTranslations("messaging.channel"),
    exitOf(token),
  ]);
  if (!exit) notFound();
  const channel = channels(exit.channel);
  return (
    <main id="main" className="mx-auto flex min-h-[70dvh] max-w-md flex-col justify-center px-4 py-16">
      <LeaveForm
        token={token}
        href={`/${locale}/card/${exit.business.slug}/messages/settings`}
        texts={{
          title: t("title"),
          text: t("text", { business: exit.business.name, channel }),
          yes: t("yes"),
          done: t("done"),
          doneText: t("doneText", { channel }),
          settings: t("settings"),
          failed: t("failed"),
        }}
      />
    </main>
  );
}
