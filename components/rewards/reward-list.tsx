import { Pencil } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Formats } from "@/lib/platform/i18n/format";
import { isOffered, type Reward, type RewardEffect } from "@/lib/program/model";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ArchiveButton } from "./archive-button";
import { type RewardChoices, RewardDialog } from "./reward-dialog";
import { RewardPicture } from "./reward-icon";

/** Rewards one under another: what each is, what it costs, what is left, and what may be done. */
export async function RewardList({
  rewards,
  choices,
  mayWrite,
  now,
  f,
}: {
  rewards: readonly Reward[];
  choices: RewardChoices;
  mayWrite: boolean;
  now: Date;
  f: Formats;
}) {
  const t = await getTranslations("rewards.reward");
  return (
    <ul className="divide-y divide-line">
      {rewards.map((reward) => (
        <Row
          key={reward.id.toString()}
          picture={<RewardPicture icon={reward.icon} color={reward.color} />}
          name={reward.name}
          isOver={reward.archivedAt !== null}
          badges={<Badges reward={reward} now={now} t={t} />}
          facts={factsOf(reward, t, f)}
          actions={
            mayWrite && (
              <>
                {reward.archivedAt === null && (
                  <RewardDialog
                    reward={reward}
                    choices={choices}
                    trigger={
                      <Button variant="ghost" size="sm" icon aria-label={t("editOne", { name: reward.name })}>
                        <Pencil aria-hidden="true" />
                      </Button>
                    }
                  />
                )}
                <ArchiveButton
                  what="reward"
                  id={reward.id}
                  name={reward.name}
                  isArchived={reward.archivedAt !== null}
                />
              </>
            )
          }
        />
      ))}
    </ul>
  );
}

type Texts = Awaited<ReturnType<typeof getTranslations<"rewards.reward">>>;

function Badges({ reward, now, t }: { reward: Reward; now: Date; t: Texts }) {
  if (reward.archivedAt !== null) return <Badge>{t("archived")}</Badge>;
  if (!isOffered(reward, now))
    return (
      <Badge tone="info">{t(reward.startsAt !== null && reward.startsAt > now ? "later" : "ended")}</Badge>
    );
  return reward.stock === 0 ? <Badge tone="warning">{t("soldOut")}</Badge> : null;
}

function factsOf(reward: Reward, t: Texts, f: Formats): string[] {
  const count = (value: number) => f.count(value);
  return [
    effectText(reward.effect, t, f),
    reward.uses > 1 ? t("factUses", { count: reward.uses }) : undefined,
    reward.pricePoints === null ? undefined : t("factPoints", { points: f.points(reward.pricePoints) }),
    reward.priceMinor === null ? undefined : f.money(reward.priceMinor, { whole: "drop" }),
    reward.stock === null ? undefined : t("factStock", { count: count(reward.stock) }),
    reward.limitCount === null
      ? undefined
      : reward.limitDays === null
        ? t("factLimit", { count: reward.limitCount })
        : t("factLimitDays", { count: reward.limitCount, days: reward.limitDays }),
    reward.validDays === null ? undefined : t("factDays", { count: reward.validDays }),
  ].filter((fact) => fact !== undefined);
}

/** What using it does, when it takes money off. */
function effectText(effect: RewardEffect, t: Texts, f: Formats): string | undefined {
  if (effect.kind === "amount") return `−${f.money(effect.minor, { whole: "drop" })}`;
  if (effect.kind === "percent") return `−${f.percent(effect.bps / BPS_WHOLE, 2)}`;
  return effect.kind === "rule" ? t("effects.rule") : undefined;
}

/** One row of a list of the rewards' screens. */
export function Row({
  picture,
  name,
  isOver,
  badges,
  facts,
  actions,
}: {
  picture: ReactNode;
  name: ReactNode;
  isOver: boolean;
  badges: ReactNode;
  facts: readonly ReactNode[];
  actions: ReactNode;
}) {
  return (
    <li className={`flex items-center gap-3.5 px-5 py-3.5 sm:px-6 ${isOver ? "opacity-70" : ""}`}>
      {picture}
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
          {badges}
        </span>
        <span className="mt-0.5 flex flex-wrap gap-x-1.5 text-sm text-faint tabular-nums">
          {facts.map((fact, index) => (
            // Facts of one row have no ids and never change places.
            // oxlint-disable-next-line react/no-array-index-key -- parts stand in their order and never move
            <span key={index}>
              {index > 0 && <span aria-hidden="true">· </span>}
              {fact}
            </span>
          ))}
        </span>
      </span>
      {actions && <span className="flex shrink-0 gap-0.5">{actions}</span>}
    </li>
  );
}
