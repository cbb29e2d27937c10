import { Download, Layers, Pencil, Plus, TicketPercent } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { ArchiveButton } from "@/components/rewards/archive-button";
import { BulkDialog } from "@/components/rewards/bulk-dialog";
import { RewardsFrame } from "@/components/rewards/office-frame";
import { PromoDialog } from "@/components/rewards/promo-dialog";
import { RewardPicture } from "@/components/rewards/reward-icon";
import { Row } from "@/components/rewards/reward-list";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import type { Formats } from "@/lib/platform/i18n/format";
import { type PromoFigures, promos, rewards } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("tabs.codes") };
}

/** Campaigns of promo codes. */
export default async function CodesPage() {
  const { ctx, locale, f } = await office("programme:read", "/rewards/codes");
  const [t, campaigns, all] = await Promise.all([
    getTranslations("rewards.promo"),
    promos(ctx),
    rewards(ctx),
  ]);
  const choices = all.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ id, name }));
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const mayWrite = may(ctx.actor, "programme:write");
  const add = mayWrite && (
    <PromoDialog
      rewards={choices}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      }
    />
  );
  return (
    <RewardsFrame tab="codes" locale={locale} actions={campaigns.length > 0 && add}>
      <Card>
        {campaigns.length === 0 ? (
          <EmptyState icon={<TicketPercent />} title={t("none")} action={add}>
            {t("noneText")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {campaigns.map((each) => (
              <Row
                key={each.id.toString()}
                picture={<RewardPicture icon="ticket" color={each.kind === "shared" ? "violet" : "blue"} />}
                name={each.name}
                isOver={each.archivedAt !== null}
                badges={
                  <>
                    {each.code !== null && (
                      <code className="rounded-sm bg-sunken px-1.5 text-sm wrap-anywhere">{each.code}</code>
                    )}
                    {stateBadge(each, ctx.now, t)}
                  </>
                }
                facts={factsOf(each, names, t, f)}
                actions={<Actions promo={each} choices={choices} mayWrite={mayWrite} locale={locale} t={t} />}
              />
            ))}
          </ul>
        )}
      </Card>
    </RewardsFrame>
  );
}

type Texts = Awaited<ReturnType<typeof getTranslations<"rewards.promo">>>;

function stateBadge(promo: PromoFigures, now: Date, t: Texts) {
  if (promo.archivedAt !== null) return <Badge>{t("archived")}</Badge>;
  if (promo.startsAt !== null && promo.startsAt > now) return <Badge tone="info">{t("later")}</Badge>;
  if (promo.endsAt !== null && promo.endsAt <= now) return <Badge>{t("ended")}</Badge>;
  if (promo.limitTotal !== null && promo.used >= promo.limitTotal)
    return <Badge tone="warning">{t("usedUp")}</Badge>;
  return null;
}

function factsOf(promo: PromoFigures, names: ReadonlyMap<bigint, string>, t: Texts, f: Formats): string[] {
  const { brings } = promo;
  return [
    brings.kind === "points"
      ? t("factPoints", { points: f.points(brings.points) })
      : (names.get(brings.rewardId) ?? ""),
    promo.limitTotal === null
      ? t("used", { count: promo.used })
      : t("usedOf", { count: promo.used, of: promo.limitTotal }),
    ...(promo.kind === "unique" ? [t("codes", { count: promo.codes })] : []),
    ...(promo.onlyNew ? [t("onlyNew")] : []),
    ...(promo.endsAt === null ? [] : [t("until", { date: f.date(new Date(promo.endsAt.getTime() - 1)) })]),
  ];
}

function Actions({
  promo,
  choices,
  mayWrite,
  locale,
  t,
}: {
  promo: PromoFigures;
  choices: readonly { id: bigint; name: string }[];
  mayWrite: boolean;
  locale: string;
  t: Texts;
}) {
  if (!mayWrite) return null;
  const { name } = promo;
  return (
    <>
      {promo.code !== null && (
        <CopyButton
          text={promo.code}
          label={t("copy")}
          copiedLabel={t("copied")}
          variant="ghost"
          size="sm"
          iconOnly
        />
      )}
      {promo.kind === "unique" && promo.archivedAt === null && (
        <BulkDialog
          promoId={promo.id}
          trigger={
            <Button variant="ghost" size="sm" icon aria-label={t("bulkOne", { name })} title={t("bulkTitle")}>
              <Layers aria-hidden="true" />
            </Button>
          }
        />
      )}
      {promo.kind === "unique" && promo.codes > 0 && (
        <a
          href={`/${locale}/office/rewards/codes/${promo.id.toString()}/codes.csv`}
          download
          aria-label={t("download", { name })}
          title={t("downloadShort")}
          className={buttonClass({ variant: "ghost", size: "sm", icon: true })}
        >
          <Download aria-hidden="true" />
        </a>
      )}
      {promo.archivedAt === null && (
        <PromoDialog
          promo={promo}
          rewards={choices}
          trigger={
            <Button variant="ghost" size="sm" icon aria-label={t("editOne", { name })}>
              <Pencil aria-hidden="true" />
            </Button>
          }
        />
      )}
      <ArchiveButton what="promo" id={promo.id} name={name} isArchived={promo.archivedAt !== null} />
    </>
  );
}
