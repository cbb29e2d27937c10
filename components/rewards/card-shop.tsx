import { getTranslations } from "next-intl/server";
import type { Formats } from "@/lib/platform/i18n/format";
import type { ShopReward } from "@/lib/program/model";
import type { RefusedTexts } from "../card/refused-text";
import { Progress } from "../ui/progress";
import { CardBuy } from "./card-buy";
import { RewardPicture } from "./reward-icon";

/** What points can buy: with a button, or with what is missing. */
export async function CardShop({
  slug,
  shop,
  tierNames,
  refused,
  f,
}: {
  slug: string;
  shop: readonly ShopReward[];
  tierNames: ReadonlyMap<string, string>;
  refused: RefusedTexts;
  f: Formats;
}) {
  const t = await getTranslations("rewards.card");
  return (
    <ul className="grid gap-2">
      {shop.map(({ reward, problem, missing }) => {
        const price = reward.pricePoints ?? 0n;
        const points = f.points(price);
        const count = Number(price) / 100;
        return (
          <li key={reward.id.toString()} className="panel grid gap-3 rounded-lg p-4">
            <div className="flex items-start gap-3.5">
              <RewardPicture icon={reward.icon} color={reward.color} className="size-11" />
              <div className="min-w-0 flex-1">
                <p className="font-semibold wrap-anywhere">{reward.name}</p>
                {reward.description && (
                  <p className="text-sm text-muted wrap-anywhere">{reward.description}</p>
                )}
                <p className="mt-0.5 text-sm font-medium text-brand tabular-nums">
                  {price === 0n ? t("free") : t("price", { points, count })}
                </p>
              </div>
            </div>
            {problem === null && (
              <CardBuy
                slug={slug}
                rewardId={reward.id.toString()}
                refused={refused}
                texts={{
                  buy: t("buy", { points, count }),
                  sure: t("sure", { name: reward.name, points, count }),
                  yes: t("yes"),
                  no: t("no"),
                  done: t("bought", { name: reward.name }),
                }}
              />
            )}
            {problem === "insufficient_points" && (
              <div className="grid gap-1.5">
                <Progress
                  value={price === 0n ? 1 : Number(price - missing) / Number(price)}
                  label={reward.name}
                  valueText={t("missing", { points: f.points(missing), count: Number(missing) / 100 })}
                />
                <p className="text-sm text-muted">
                  {t("missing", { points: f.points(missing), count: Number(missing) / 100 })}
                </p>
              </div>
            )}
            {problem === "reward_sold_out" && <p className="text-sm text-muted">{t("soldOut")}</p>}
            {problem === "reward_limit" && <p className="text-sm text-muted">{t("limit")}</p>}
            {problem === "reward_not_for_you" && (
              <p className="text-sm text-muted">
                {t("forTiers", { tiers: reward.tierIds.map((id) => tierNames.get(id) ?? id).join(", ") })}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
