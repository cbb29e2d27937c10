import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/ui/logo";

/** The front door, for owners. */
export default async function LandingPage() {
  const t = await getTranslations("common");
  return (
    <main id="main" className="page max-w-4xl py-24">
      <Logo />
      <h1 className="mt-10 text-display font-bold">{t("title")}</h1>
      <p className="mt-6 text-lg text-muted">{t("description")}</p>
    </main>
  );
}
