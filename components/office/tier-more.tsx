"use client";
import { useTranslations } from "next-intl";
import { Switch } from "@/components/ui/choice";
import { keepOf, type Tier } from "@/lib/tiers/model";
import { NumberField } from "./number-field";
import { PerkFields } from "./perk-fields";
import type { Draft } from "./programme-draft";
import { TierThresholds } from "./tier-thresholds";

const POINTS_MAX = 100_000_000n;

/** What else a tier has: less to keep it, a gift on reaching it, perks. Folded away until it is wanted. */
export function TierMore({
  tier,
  draft,
  unit,
  isBase,
  onChange,
}: {
  tier: Tier;
  draft: Draft;
  unit: string;
  isBase: boolean;
  onChange: (part: Partial<Tier>) => void;
}) {
  const t = useTranslations("tiers.tier");
  const form = useTranslations("tiers.form");
  const isKept = draft.settings.qualifying.window.kind !== "ever";
  const gift = tier.gift ?? { points: 0n, days: null };
  const isOpen = tier.keep !== null || tier.gift !== null || tier.perks.length > 0;
  const putGift = (field: string, part: Partial<typeof gift> | undefined) => {
    draft.mark(`${tier.id}.${field}`, part !== undefined);
    if (!part) return;
    const next = { ...gift, ...part };
    onChange({ gift: next.points > 0n ? next : null });
  };
  return (
    <details open={isOpen || undefined} className="group rounded-lg border border-line">
      <summary className="cursor-pointer rounded-lg px-4 py-3 text-sm font-medium text-brand">
        {isBase ? t("moreBase") : t("more")}
      </summary>
      <div className="grid gap-5 border-t border-line p-4">
        {!isBase && isKept && (
          <div className="grid gap-3">
            <Switch
              label={t("keepSwitch")}
              hint={t("keepHint")}
              checked={tier.keep !== null}
              onChange={(event) => {
                for (const name of ["spentMinor", "visits", "invited", "experience"])
                  draft.mark(`${tier.id}.keep.${name}`, true);
                const { spentMinor, visits, invited, experience } = keepOf(tier);
                onChange({ keep: event.target.checked ? { spentMinor, visits, invited, experience } : null });
              }}
            />
            {tier.keep && (
              <TierThresholds
                of={`${tier.id}.keep`}
                values={tier.keep}
                draft={draft}
                unit={unit}
                onChange={(part) => tier.keep && onChange({ keep: { ...tier.keep, ...part } })}
              />
            )}
          </div>
        )}
        {!isBase && (
          <div className="grid grid-cols-2 items-start gap-4">
            <NumberField
              label={t("gift")}
              hint={t("giftHint")}
              error={form("countError")}
              value={gift.points}
              onValue={(points) =>
                putGift("gift", points === undefined ? undefined : { points: points ?? 0n })
              }
              max={POINTS_MAX}
            />
            <NumberField
              label={t("giftDays")}
              error={form("daysError")}
              value={gift.days === null ? null : BigInt(gift.days)}
              onValue={(days) =>
                putGift(
                  "giftDays",
                  days === undefined ? undefined : { days: days === null ? null : Number(days) },
                )
              }
              unit={form("daysUnit")}
              placeholder={t("giftForever")}
              whole
              min={1n}
              max={3_650n}
            />
          </div>
        )}
        <PerkFields perks={tier.perks} onChange={(perks) => onChange({ perks })} />
      </div>
    </details>
  );
}
