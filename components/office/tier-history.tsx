import { TrendingDown, TrendingUp } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Programme } from "@/lib/program";
import type { TierMove } from "@/lib/tiers";
import { tierById } from "@/lib/tiers/model";

/** Every move between tiers with its reason, newest first. */
export async function TierHistory({
  moves,
  programme,
  f,
}: {
  moves: readonly TierMove[];
  programme: Programme;
  f: Formats;
}) {
  const t = await getTranslations("tiers.member");
  const name = (id: string) => tierById(programme.base, programme.tiers, id).name;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("history")}</CardTitle>
      </CardHeader>
      {moves.length === 0 ? (
        <CardBody className="text-sm text-faint">{t("nothing")}</CardBody>
      ) : (
        <ol className="divide-y divide-line">
          {moves.map((move) => (
            <li key={move.id.toString()} className="flex items-start gap-3 px-5 py-3 sm:px-6">
              {move.isUp ? (
                <TrendingUp aria-label={t("up")} role="img" className="mt-1 size-4 shrink-0 text-success" />
              ) : (
                <TrendingDown
                  aria-label={t("down")}
                  role="img"
                  className="mt-1 size-4 shrink-0 text-danger"
                />
              )}
              <span className="min-w-0">
                <span className="block font-medium wrap-anywhere">
                  {name(move.tierBefore)} → {name(move.tierAfter)}
                </span>
                <span className="block text-sm text-muted">
                  {[
                    t(`reason.${move.reason}`),
                    move.until && t("until", { date: f.date(new Date(move.until.getTime() - 1)) }),
                    move.comment,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                <span className="block text-sm text-faint">
                  {[f.date(move.at, "dateTime"), move.staffName].filter(Boolean).join(" · ")}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
