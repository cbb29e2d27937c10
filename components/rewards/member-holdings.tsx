import { Gift } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { Formats } from "@/lib/platform/i18n/format";
import { type Entitlement, type Reward, type StampRow, stateOf, usesLeft } from "@/lib/program/model";
import { Badge } from "../ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { GiveRewardDialog } from "./give-reward-dialog";
import { HoldingMenu } from "./holding-menu";
import { RewardPicture } from "./reward-icon";
import { Stamps } from "./stamp-row";

const SHOWN = 12;

/** What a member holds, with giving and taking back. */
export async function MemberHoldings({
  memberId,
  held,
  stamps,
  rewards,
  mayGive,
  mayUndo,
  now,
  f,
}: {
  memberId: bigint;
  held: readonly Entitlement[];
  stamps: readonly StampRow[];
  rewards: readonly Reward[];
  mayGive: boolean;
  mayUndo: boolean;
  now: Date;
  f: Formats;
}) {
  const t = await getTranslations("rewards.held");
  const rows = stamps.filter((row) => row.stamps > 0 || row.rows > 0);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        {mayGive && (
          <GiveRewardDialog
            memberId={memberId}
            rewards={rewards
              .filter(({ archivedAt }) => archivedAt === null)
              .map(({ id, name }) => ({ id, name }))}
          />
        )}
      </CardHeader>
      {held.length === 0 && rows.length === 0 ? (
        <CardBody className="flex items-center gap-2 text-sm text-faint">
          <Gift aria-hidden="true" className="size-4" />
          {t("none")}
        </CardBody>
      ) : (
        <ul className="mt-2 divide-y divide-line">
          {rows.map((row) => (
            <li key={row.programme.id.toString()} className="px-5 py-3 sm:px-6">
              <p className="mb-1.5 flex justify-between gap-3 text-sm">
                <span className="font-medium wrap-anywhere">{row.programme.name}</span>
                <span className="shrink-0 text-faint tabular-nums">
                  {t("stamps", { count: row.stamps, of: row.programme.needed })}
                </span>
              </p>
              <Stamps
                row={row}
                label={t("stamps", { count: row.stamps, of: row.programme.needed })}
                size="sm"
              />
            </li>
          ))}
          {held.slice(0, SHOWN).map((each) => {
            const state = stateOf(each, now);
            return (
              <li key={each.id.toString()} className="flex items-center gap-3 px-5 py-3 sm:px-6">
                <RewardPicture icon={each.icon} color={each.color} className="size-9" />
                <span className={`min-w-0 flex-1 ${state === "live" ? "" : "opacity-70"}`}>
                  <span className="block font-medium wrap-anywhere">{each.name}</span>
                  <span className="block text-sm text-faint">
                    {[
                      t(`source.${each.source}`),
                      each.uses > 1
                        ? t("uses", { left: usesLeft({ ...each, held: 0 }), of: each.uses })
                        : undefined,
                      state === "live" && each.expiresAt
                        ? t("until", { date: f.date(new Date(each.expiresAt.getTime() - 1)) })
                        : undefined,
                    ]
                      .filter((part) => part !== undefined)
                      .join(" · ")}
                  </span>
                  {state !== "live" && <Badge className="mt-1">{t(`state.${state}`)}</Badge>}
                  {each.held > 0 && (
                    <Badge tone="info" className="mt-1">
                      {t("heldNow")}
                    </Badge>
                  )}
                </span>
                {(mayGive || mayUndo) && (
                  <HoldingMenu
                    id={each.id}
                    name={each.name}
                    may={{
                      use: mayUndo && state === "live" && usesLeft(each) > 0,
                      undo: mayUndo && each.used > 0 && state !== "withdrawn",
                      take: mayGive && (state === "live" || state === "expired"),
                    }}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
