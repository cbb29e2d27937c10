import { getTranslations } from "next-intl/server";
import { StatTile } from "@/components/ui/stat-tile";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Funnel } from "@/lib/referrals";

/** How far invitations went: opened, joined, bought, each as a share of the step before. */
export async function FunnelTiles({ funnel, f }: { funnel: Funnel; f: Formats }) {
  const t = await getTranslations("referrals.ambassadors");
  const { opened, joined, bought } = funnel;
  const share = (part: number, whole: number) => f.percent(Math.min(1, part / whole), 0);
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <StatTile label={t("opened")} value={f.count(opened)} hint={t("openedHint")} />
      <StatTile
        label={t("joined")}
        value={f.count(joined)}
        // Links shared before openings were counted brought friends too.
        hint={opened >= joined && opened > 0 ? t("ofOpened", { rate: share(joined, opened) }) : undefined}
      />
      <StatTile
        label={t("bought")}
        value={f.count(bought)}
        hint={joined > 0 ? t("ofJoined", { rate: share(bought, joined) }) : undefined}
      />
    </div>
  );
}
