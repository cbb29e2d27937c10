import { Download } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { LeaveForGood } from "./leave";
import type { OwnCard } from "./own-card";
import type { RefusedTexts } from "./refused-text";

/** A person's own data: taken along, or deleted together with the card. */
export async function OwnData({
  card,
  points,
  locale,
  refused,
  f,
}: {
  card: OwnCard;
  points: bigint;
  locale: Locale;
  refused: RefusedTexts;
  f: Formats;
}) {
  const t = await getTranslations("people.own");
  const { name, slug } = card.business;
  return (
    <section aria-labelledby="own-data" className="panel grid gap-4 p-5">
      <h2 id="own-data" className="text-base font-semibold">
        {t("title")}
      </h2>
      <div className="grid gap-1">
        <a
          className={buttonClass({ variant: "secondary", size: "lg" })}
          href={`/${locale}/card/${slug}/profile/data.json`}
          download
        >
          <Download aria-hidden="true" />
          {t("export")}
        </a>
        <p className="text-sm text-faint">{t("exportHint", { business: name })}</p>
      </div>
      <LeaveForGood
        slug={slug}
        locale={locale}
        refused={refused}
        texts={{
          open: t("leave"),
          title: t("leaveTitle", { business: name }),
          text: t("leaveText", { points: f.points(points > 0n ? points : 0n) }),
          check: t("leaveCheck"),
          confirm: t("leaveConfirm"),
        }}
      />
    </section>
  );
}
