import { BadgePercent, Coins, Gift, Hourglass, Layers, Sparkles } from "lucide-react";
import type { ReactNode } from "react";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Programme } from "@/lib/program";
import { yearlyDate } from "../tiers/yearly-date";
import { rateText } from "./standing";
import { cardWords, plural, tierWords } from "./words";

/** What a business promises its members, in its own figures. */
export async function Promises({
  business,
  programme,
}: {
  business: { zone: string; currency: string };
  programme: Programme;
}) {
  const [words, more] = await Promise.all([cardWords(business), tierWords()]);
  const { t, f } = words;
  const { base, tiers, welcome, firstPurchasePoints: first, policy } = programme;
  const best = tiers.toSorted((a, b) => b.rateBps - a.rateBps)[0];
  const isEarning = policy === "points";
  return (
    <ul className="grid gap-4">
      {welcome && welcome.points > 0n && (
        <Item
          icon={<Gift />}
          title={t("promise.welcome", { points: f.points(welcome.points), count: plural(welcome.points) })}
        >
          {welcome.days === null
            ? t("promise.welcomeKept")
            : t("promise.welcomeDays", { days: welcome.days })}
          {welcome.days !== null && welcome.kept && `. ${more("card.welcomeKept")}`}
        </Item>
      )}
      {base.rateBps > 0 && (
        <Item
          icon={isEarning ? <Coins /> : <BadgePercent />}
          title={rateText(words, programme, base.rateBps)}
        >
          {isEarning
            ? t("promise.payable", { rate: f.percent(programme.maxPointsBps / BPS_WHOLE, 2) })
            : t("promise.discount")}
        </Item>
      )}
      {first > 0n && (
        <Item
          icon={<Sparkles />}
          title={t("promise.first", { points: f.points(first), count: plural(first) })}
        >
          {t("promise.firstText")}
        </Item>
      )}
      {best && best.rateBps > base.rateBps && (
        <Item
          icon={<Layers />}
          title={t(isEarning ? "promise.tiersBack" : "promise.tiersOff", {
            rate: f.percent(best.rateBps / BPS_WHOLE, 2),
          })}
        >
          {tiers.map((tier) => `${tier.name} ${f.percent(tier.rateBps / BPS_WHOLE, 2)}`).join(" · ")}
        </Item>
      )}
      {isEarning && <Lasting words={words} more={more} programme={programme} />}
    </ul>
  );
}

/** How long points live, in the way this programme counts. */
function Lasting({
  words: { t, f },
  more,
  programme: { expiry, earnedDays },
}: {
  words: Awaited<ReturnType<typeof cardWords>>;
  more: Awaited<ReturnType<typeof tierWords>>;
  programme: Programme;
}) {
  const icon = <Hourglass />;
  const reminded = t("promise.lastingText");
  if (expiry.kind === "months")
    return (
      <Item icon={icon} title={more("card.lasting.months", { months: expiry.months })}>
        {reminded}
      </Item>
    );
  if (expiry.kind === "date")
    return (
      <Item
        icon={icon}
        title={more("card.lasting.date", { date: yearlyDate(`${expiry.month}-${expiry.day}`, f) })}
      >
        {reminded}
      </Item>
    );
  if (earnedDays === null) return null;
  if (expiry.kind === "inactive")
    return (
      <Item icon={icon} title={more("card.lasting.inactive")}>
        {more("card.lasting.inactiveText", { days: earnedDays })}
      </Item>
    );
  return (
    <Item icon={icon} title={t("promise.lasting", { days: earnedDays })}>
      {reminded}
    </Item>
  );
}

function Item({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3.5">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand [&_svg]:size-4.5"
      >
        {icon}
      </span>
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere first-letter:uppercase">{title}</span>
        <span className="block text-sm text-muted wrap-anywhere">{children}</span>
      </span>
    </li>
  );
}
