import { ShieldX } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { placesFor } from "@/components/office/places";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { staffOrSignIn } from "@/lib/access";

/** A page of the office this role may not see: says so, and shows the way to one it may. */
export default async function Forbidden() {
  const locale = await getLocale();
  const { actor } = await staffOrSignIn(locale);
  const [t, places] = await Promise.all([getTranslations("office.forbidden"), placesFor(actor, locale)]);
  const [first] = places;
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <EmptyState
        icon={<ShieldX />}
        title={<h1>{t("title")}</h1>}
        action={first && <ButtonLink href={first.href}>{first.label}</ButtonLink>}
      >
        {t("text")}
      </EmptyState>
    </div>
  );
}
