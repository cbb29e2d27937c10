import { Pencil, Plus, Stamp } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Choice, namesOf } from "@/components/office/choices";
import { office } from "@/components/office/context";
import { ArchiveButton } from "@/components/rewards/archive-button";
import { RewardsFrame } from "@/components/rewards/office-frame";
import { RewardPicture } from "@/components/rewards/reward-icon";
import { Row } from "@/components/rewards/reward-list";
import { StampsDialog } from "@/components/rewards/stamps-dialog";
import { listsFor } from "@/components/rules/lists";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { categories } from "@/lib/catalog";
import { rewards, stampProgrammes } from "@/lib/program";
import type { StampProgramme } from "@/lib/program/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("tabs.stamps") };
}

/** "Every tenth": the stamp programmes. */
export default async function StampsPage() {
  const { ctx, locale, f } = await office("programme:read", "/rewards/stamps");
  const [t, programmes, all, known, { item: items }] = await Promise.all([
    getTranslations("rewards.stamps"),
    stampProgrammes(ctx),
    rewards(ctx),
    categories(ctx),
    listsFor(ctx),
  ]);
  const choices = all.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ id, name }));
  const names = known.all.map(({ name }) => name);
  const { currency } = ctx.business;
  const mayWrite = may(ctx.actor, "programme:write");
  const add = mayWrite && (
    <StampsDialog
      rewards={choices}
      categories={names}
      items={items}
      currency={currency}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      }
    />
  );
  return (
    <RewardsFrame tab="stamps" locale={locale} actions={programmes.length > 0 && add}>
      <Card>
        {programmes.length === 0 ? (
          <EmptyState icon={<Stamp />} title={t("none")} action={add}>
            {t("noneText")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {programmes.map((each) => (
              <Row
                key={each.id.toString()}
                picture={<RewardPicture icon={each.icon} color={each.color} />}
                name={each.name}
                isOver={each.archivedAt !== null}
                badges={each.archivedAt && <Badge>{t("archived")}</Badge>}
                facts={[
                  t("fact", { needed: each.needed, reward: each.rewardName }),
                  ...whatBrings(each, items, t),
                  ...(each.minTotalMinor > 0n
                    ? [t("from", { amount: f.money(each.minTotalMinor, { whole: "drop" }) })]
                    : []),
                  t("collecting", { count: each.members }),
                  t("filled", { count: each.rows }),
                ]}
                actions={
                  mayWrite && (
                    <>
                      {each.archivedAt === null && (
                        <StampsDialog
                          programme={each}
                          rewards={choices}
                          categories={names}
                          items={items}
                          currency={currency}
                          trigger={
                            <Button
                              variant="ghost"
                              size="sm"
                              icon
                              aria-label={t("editOne", { name: each.name })}
                            >
                              <Pencil aria-hidden="true" />
                            </Button>
                          }
                        />
                      )}
                      <ArchiveButton
                        what="stamps"
                        id={each.id}
                        name={each.name}
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

type Texts = Awaited<ReturnType<typeof getTranslations<"rewards.stamps">>>;

/** What a stamp is given for: of a category, of some goods, of goods in a category, or whatever is bought. */
function whatBrings(
  { counts, category, itemIds }: StampProgramme,
  items: readonly Choice[],
  t: Texts,
): string[] {
  const isVisit = counts === "visit";
  const facts = [
    ...(category === null ? [] : [t(isVisit ? "visitWith" : "lineOf", { category })]),
    ...(itemIds.length === 0
      ? []
      : [t(isVisit ? "visitWithItems" : "lineOfItems", { items: namesOf(items, itemIds) })]),
  ];
  return facts.length > 0 ? facts : [t(isVisit ? "perVisit" : "perLine")];
}
