import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { Context } from "@/lib/access";
import { may } from "@/lib/access";
import type { MemberView } from "@/lib/insights";
import type { Beat } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { CELL_TONE } from "./cell-look";

/** A member's group, rhythm and future, each with what it is compared with; nothing before the first visit. */
export async function MemberInsight({
  view,
  ctx,
  locale,
  f,
}: {
  view: MemberView | undefined;
  ctx: Context;
  locale: Locale;
  f: Formats;
}) {
  if (!view) return null;
  const t = await getTranslations("insights");
  const cell = view.cell && <Badge tone={CELL_TONE[view.cell]}>{t(`cell.${view.cell}`)}</Badge>;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("member.title")}</CardTitle>
        {cell &&
          (may(ctx.actor, "analytics:read") ? (
            <Link href={`/${locale}/office/insights/members?cell=${view.cell ?? ""}`}>{cell}</Link>
          ) : (
            cell
          ))}
      </CardHeader>
      <CardBody className="grid gap-4 text-sm">
        <div className="grid gap-1.5">
          <BeatLine beat={view.beat} f={f} isStrong />
          {view.rhythms.map((one) => (
            <p key={one.name} className="text-muted">
              <span className="font-medium text-ink">{one.name}</span> · <BeatText beat={one.beat} f={f} />
            </p>
          ))}
        </div>
        {view.pAlive !== null && (
          <div className="grid gap-1.5">
            <p className="flex justify-between gap-3">
              <span>
                {t("member.alive")} <span className="text-faint">{t("member.aliveText")}</span>
              </span>
              <span className="font-semibold tabular-nums">{f.percent(view.pAlive)}</span>
            </p>
            <Progress value={view.pAlive} label={t("member.alive")} valueText={f.percent(view.pAlive)} />
          </div>
        )}
        <Outlooks view={view} f={f} />
      </CardBody>
    </Card>
  );
}

async function BeatLine({ beat, f, isStrong }: { beat: Beat | null; f: Formats; isStrong: boolean }) {
  const t = await getTranslations("insights.beat");
  if (!beat) return <p className="text-muted">{t("unknown")}</p>;
  const look = beat.state === "late" ? "text-warning" : beat.state === "gone" ? "text-danger" : "";
  return (
    <p className={`${isStrong ? "font-medium" : ""} ${look}`}>
      <BeatText beat={beat} f={f} />
    </p>
  );
}

async function BeatText({ beat, f }: { beat: Beat; f: Formats }) {
  const t = await getTranslations("insights");
  return (
    <>
      {t(`beat.${beat.state}`, {
        days: Math.round(beat.gapDays),
        date: f.calendar(beat.dueOn, "dayLong"),
        late: t("list.days", { count: Math.max(0, beat.lateDays) }),
      })}
    </>
  );
}

async function Outlooks({ view, f }: { view: MemberView; f: Formats }) {
  const t = await getTranslations("insights");
  const money = (minor: number) => f.money(BigInt(Math.round(minor / 100)) * 100n, { whole: "drop" });
  const why =
    view.modelState === "withheld"
      ? t("model.held")
      : view.modelState === "too_little"
        ? t("model.too_little")
        : t("model.none");
  return (
    <div className="grid gap-3 border-t pt-4">
      {view.outlooks[0]?.model === null && <p className="text-muted">{t("member.noModel", { why })}</p>}
      {view.fallback && <p className="text-muted">{t(`model.${view.fallback}`)}</p>}
      <dl className="grid gap-3">
        {view.outlooks.map(({ days, model, ownPast }) => (
          <div key={days} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
            <dt className="font-medium">{t("member.ahead", { days })}</dt>
            <dd className="text-right font-semibold tabular-nums">{model ? money(model.valueMinor) : "—"}</dd>
            <dd className="col-span-2 text-faint">
              {model && t("member.between", { from: model.between[0], to: model.between[1] })}
            </dd>
            <dd className="col-span-2 tabular-nums text-faint">
              {t("member.past", { visits: Math.round(ownPast.visits), money: money(ownPast.valueMinor) })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-faint">{t("member.compare")}</p>
    </div>
  );
}
