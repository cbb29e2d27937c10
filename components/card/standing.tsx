import { Progress } from "@/components/ui/progress";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Programme } from "@/lib/program";
import type { Customer } from "@/lib/sales/model";
import { type NextTier, nextTier, tierById } from "@/lib/tiers/model";
import type { OwnCard } from "./own-card";
import { cardWords } from "./words";

type Words = Awaited<ReturnType<typeof cardWords>>;

/** Where the member stands: the tier and what it gives, and how far it is to the next one in money or friends. */
export async function Standing({
  card,
  figures,
  programme,
}: {
  card: OwnCard;
  figures: Customer;
  programme: Programme;
}) {
  const words = await cardWords(card.business);
  const { t } = words;
  const tier = tierById(programme.base, programme.tiers, figures.tierId);
  const next = nextTier(tier, programme.tiers, {
    cashSpentMinor: figures.cashSpentMinor,
    effectiveInvited: figures.effectiveInvited,
  });
  const isTop = programme.tiers.length > 0 && !next;
  return (
    <section aria-labelledby="standing" className="panel p-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="standing" className="min-w-0 text-base font-semibold wrap-anywhere">
          {programme.tiers.length > 0 ? tier.name : t("standing.plain")}
        </h2>
        <p className="shrink-0 text-sm font-medium text-brand">{rateText(words, programme, tier.rateBps)}</p>
      </div>
      {next && <Way words={words} next={next} programme={programme} />}
      {isTop && <p className="mt-2 text-sm text-muted">{t("standing.top")}</p>}
      {tier.maxPointsBps !== 0 && programme.policy === "points" && (
        <p className="mt-3 text-sm text-muted">
          {t("standing.payable", {
            rate: words.f.percent((tier.maxPointsBps ?? programme.maxPointsBps) / BPS_WHOLE, 2),
          })}
        </p>
      )}
    </section>
  );
}

function Way({ words, next, programme }: { words: Words; next: NextTier; programme: Programme }) {
  const { t } = words;
  const name = next.tier.name;
  const left = leftText(words, next);
  return (
    <>
      <Progress
        value={next.progress}
        label={t("standing.progress", { tier: name })}
        valueText={left}
        className="mt-3.5 h-2.5"
      />
      <p className="mt-2.5 text-sm text-muted wrap-anywhere">{left}</p>
      <p className="mt-0.5 text-sm text-muted wrap-anywhere">
        {t("standing.perk", { tier: name, rate: rateText(words, programme, next.tier.rateBps) })}
      </p>
    </>
  );
}

/** "1 200 ₴ or 3 friends to Gold": whichever paths lead there. */
function leftText({ t, f }: Words, next: NextTier): string {
  const tier = next.tier.name;
  const money = next.moneyLeftMinor === null ? undefined : f.money(next.moneyLeftMinor, { whole: "drop" });
  const friends = next.invitedLeft === null ? undefined : t("standing.friends", { count: next.invitedLeft });
  if (money && friends) return t("standing.leftEither", { money, friends, tier });
  return t("standing.left", { what: money ?? friends ?? "", tier });
}

/** "5% back" or "5% off", by the programme's policy. */
export function rateText({ t, f }: Words, programme: Programme, rateBps: number): string {
  const rate = f.percent(rateBps / BPS_WHOLE, 2);
  return programme.policy === "points" ? t("rate.back", { rate }) : t("rate.off", { rate });
}
