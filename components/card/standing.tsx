import { BadgeCheck } from "lucide-react";
import { leftText } from "@/components/tiers/left-text";
import { perkText } from "@/components/tiers/perk-text";
import { Progress } from "@/components/ui/progress";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Programme } from "@/lib/program";
import type { Keeping, NextTier, Outlook, Tier } from "@/lib/tiers/model";
import type { OwnCard } from "./own-card";
import { cardWords, tierWords } from "./words";

type Words = Awaited<ReturnType<typeof cardWords>>;
type TierWords = Awaited<ReturnType<typeof tierWords>>;
type Both = { readonly words: Words; readonly more: TierWords };

/** Where the member stands: the tier and what it gives, how far it is to the next one, and what keeps this one. */
export async function Standing({
  card,
  outlook,
  programme,
}: {
  card: OwnCard;
  outlook: Outlook;
  programme: Programme;
}) {
  const [words, more] = await Promise.all([cardWords(card.business), tierWords()]);
  const both = { words, more };
  const { t, f } = words;
  const { tier, next, keeping, given } = outlook;
  const isTop = programme.tiers.length > 0 && !next;
  return (
    <section aria-labelledby="standing" className="panel p-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="standing" className="min-w-0 text-base font-semibold wrap-anywhere">
          {programme.tiers.length > 0 ? tier.name : t("standing.plain")}
        </h2>
        <p className="shrink-0 text-sm font-medium text-brand">{rateText(words, programme, tier.rateBps)}</p>
      </div>
      {given && (
        <p className="mt-1 text-sm text-muted">
          {more("card.given", { date: f.date(new Date(given.until.getTime() - 1), "dayLong") })}
        </p>
      )}
      <Perks tier={tier} more={more} />
      {next && <Way both={both} next={next} programme={programme} />}
      {isTop && <p className="mt-2 text-sm text-muted">{t("standing.top")}</p>}
      {keeping && <Keep both={both} keeping={keeping} tier={given?.earned ?? tier} />}
      {tier.maxPointsBps !== 0 && programme.policy === "points" && (
        <p className="mt-3 text-sm text-muted">
          {t("standing.payable", {
            rate: f.percent((tier.maxPointsBps ?? programme.maxPointsBps) / BPS_WHOLE, 2),
          })}
        </p>
      )}
    </section>
  );
}

function Perks({ tier, more }: { tier: Tier; more: TierWords }) {
  if (tier.perks.length === 0) return null;
  return (
    <ul aria-label={more("card.perks")} className="mt-3 grid gap-1.5">
      {tier.perks.map((perk) => {
        const text = perkText(perk, more);
        return (
          <li key={text} className="flex items-start gap-2 text-sm">
            <BadgeCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-brand" />
            <span className="min-w-0 wrap-anywhere">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Way({ both, next, programme }: { both: Both; next: NextTier; programme: Programme }) {
  const { words, more } = both;
  const { t, f } = words;
  const name = next.tier.name;
  const what = leftText(next, more, (minor) => f.money(minor, { whole: "drop" }));
  const left = t("standing.left", { what, tier: name });
  const { window } = programme.qualifying;
  const { gift } = next.tier;
  return (
    <div className="mt-3.5">
      <Progress
        value={next.progress}
        label={t("standing.progress", { tier: name })}
        valueText={left}
        className="h-2.5"
      />
      <p className="mt-2.5 text-sm font-medium wrap-anywhere">{left}</p>
      <p className="mt-0.5 text-sm text-muted wrap-anywhere">
        {t("standing.perk", { tier: name, rate: rateText(words, programme, next.tier.rateBps) })}
        {gift && gift.points > 0n && (
          <>
            {" · "}
            {more("card.gift", { points: f.points(gift.points), count: Number(gift.points) / 100 })}
          </>
        )}
      </p>
      {window.kind !== "ever" && (
        <p className="mt-0.5 text-sm text-faint">
          {window.kind === "rolling"
            ? more("card.window.rolling", { days: window.days })
            : more(`card.window.${window.kind}`)}
        </p>
      )}
    </div>
  );
}

/** What keeps the tier, and by when; a tier about to go says so in another colour. */
function Keep({ both, keeping, tier }: { both: Both; keeping: Keeping; tier: Tier }) {
  const { more, words } = both;
  const { f } = words;
  const values = {
    tier: tier.name,
    date: f.date(new Date(keeping.by.getTime() - 1), "dayLong"),
    what: leftText(keeping, more, (minor) => f.money(minor, { whole: "drop" })),
  };
  const text = keeping.isDone
    ? more("card.keepDone", values)
    : more(keeping.isGrace ? "card.keepGrace" : "card.keepLeft", values);
  return (
    <div className="mt-4 border-t border-line pt-4">
      <h3 className="text-sm font-semibold wrap-anywhere">{more("card.keep", { tier: tier.name })}</h3>
      {!keeping.isDone && (
        <Progress
          value={keeping.progress}
          label={more("card.keepProgress", { tier: tier.name })}
          valueText={text}
          className="mt-2.5 h-2"
        />
      )}
      <p
        className={`mt-2 text-sm wrap-anywhere ${keeping.isGrace ? "font-medium text-warning" : "text-muted"}`}
      >
        {text}
      </p>
    </div>
  );
}

/** "5% back" or "5% off", by the programme's policy. */
export function rateText({ t, f }: Words, programme: Programme, rateBps: number): string {
  const rate = f.percent(rateBps / BPS_WHOLE, 2);
  return programme.policy === "points" ? t("rate.back", { rate }) : t("rate.off", { rate });
}
