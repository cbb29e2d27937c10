import { CalendarHeart, Pencil, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { ArchiveButton } from "@/components/rewards/archive-button";
import { OccasionDialog } from "@/components/rewards/occasion-dialog";
import { RewardsFrame } from "@/components/rewards/office-frame";
import { RewardPicture } from "@/components/rewards/reward-icon";
import { Row } from "@/components/rewards/reward-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { occasions, rewards } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("tabs.dates") };
}

/** What birthdays and anniversaries bring. */
export default async function DatesPage() {
  const { ctx, locale } = await office("programme:read", "/rewards/dates");
  const [t, offers, all] = await Promise.all([
    getTranslations("rewards.occasion"),
    occasions(ctx),
    rewards(ctx),
  ]);
  const choices = all.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ id, name }));
  const mayWrite = may(ctx.actor, "programme:write");
  const add = mayWrite && (
    <OccasionDialog
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
    <RewardsFrame tab="dates" locale={locale} actions={offers.length > 0 && add}>
      <Card>
        {offers.length === 0 ? (
          <EmptyState icon={<CalendarHeart />} title={t("none")} action={add}>
            {t("noneText")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {offers.map((each) => (
              <Row
                key={each.id.toString()}
                picture={
                  <RewardPicture
                    icon={each.kind === "birthday" ? "cake" : "calendar"}
                    color={each.kind === "birthday" ? "rose" : "green"}
                  />
                }
                name={t(each.kind)}
                isOver={each.archivedAt !== null}
                badges={each.archivedAt && <Badge>{t("archived")}</Badge>}
                facts={[
                  each.rewardName,
                  each.daysBefore === 0 ? t("onTheDay") : t("before", { count: each.daysBefore }),
                  t("after", { count: each.validDays }),
                ]}
                actions={
                  mayWrite && (
                    <>
                      {each.archivedAt === null && (
                        <OccasionDialog
                          occasion={each}
                          rewards={choices}
                          trigger={
                            <Button
                              variant="ghost"
                              size="sm"
                              icon
                              aria-label={t("editOne", { name: t(each.kind) })}
                            >
                              <Pencil aria-hidden="true" />
                            </Button>
                          }
                        />
                      )}
                      <ArchiveButton
                        what="occasion"
                        id={each.id}
                        name={t(each.kind)}
                        isArchived={each.archivedAt !== null}
                      />
                    </>
                  )
                }
              />
            ))}
          </ul>
        )}
      </Card>
    </RewardsFrame>
  );
}
