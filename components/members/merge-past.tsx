import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { type Context, may } from "@/lib/access";
import type { mergesOf } from "@/lib/members";
import type { Formats } from "@/lib/platform/i18n/format";
import { UndoMerge } from "./merge-undo";

/** Whom this member took over, with the way back, and what else they are found by; nothing where there was no merge. */
export async function MergePast({
  ctx,
  past: { merges, names },
  f,
}: {
  ctx: Context;
  past: Awaited<ReturnType<typeof mergesOf>>;
  f: Formats;
}) {
  const t = await getTranslations("people.past");
  if (merges.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-3">
        <ul className="grid gap-3">
          {merges.map((one) => (
            <li key={one.id.toString()} className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-2">
              <span className="min-w-0">
                <span className="block font-medium wrap-anywhere">
                  {one.name ?? t("nameless", { id: one.loserId.toString() })}
                </span>
                <span className="block text-sm text-faint">
                  {[
                    f.date(one.at),
                    one.by === null ? null : t("by", { name: one.by }),
                    one.undoneAt === null ? null : t("undone", { date: f.date(one.undoneAt) }),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              {one.canUndo && may(ctx.actor, "members:merge") && <UndoMerge mergeId={one.id} />}
            </li>
          ))}
        </ul>
        {names.length > 0 && (
          <p className="text-sm text-muted">
            {t("also")}: <span className="text-ink">{names.map(({ value }) => value).join(", ")}</span>
          </p>
        )}
      </CardBody>
    </Card>
  );
}
