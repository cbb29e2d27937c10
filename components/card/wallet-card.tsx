import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { AccentScope } from "@/components/ui/accent";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Locale } from "@/lib/platform/i18n/locales";
import { programme } from "@/lib/program";
import { customer } from "@/lib/sales";
import { tierById } from "@/lib/tiers/model";
import type { OwnCard } from "./own-card";
import { cardWords, plural } from "./words";

/** One card among several: its business, its colour, what is on it. */
export async function WalletCard({ card, locale }: { card: OwnCard; locale: Locale }) {
  const { ctx, memberId, business } = card;
  const [figures, promised, { t, f }] = await Promise.all([
    customer(ctx, { memberId }),
    programme(ctx),
    cardWords(business),
  ]);
  if (!figures) return null;
  const tier = tierById(promised.base, promised.tiers, figures.tierId);
  const isDiscount = promised.policy === "discount";
  return (
    <AccentScope color={business.accent}>
      <Link
        href={`/${locale}/card/${business.slug}`}
        className="flex min-h-24 items-center gap-4 rounded-xl bg-accent p-5 text-on-accent shadow-card transition-transform active:scale-[0.99]"
      >
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 font-semibold wrap-anywhere">{business.name}</span>
          {promised.tiers.length > 0 && <span className="mt-0.5 block truncate text-sm">{tier.name}</span>}
        </span>
        <span className="shrink-0 text-right">
          <span className="block text-2xl font-semibold tracking-tight tabular-nums">
            {isDiscount ? f.percent(tier.rateBps / BPS_WHOLE, 2) : f.points(figures.available)}
          </span>
          <span className="block text-sm">
            {isDiscount ? t("discountLabel") : t("points", { count: plural(figures.available) })}
          </span>
        </span>
        <ChevronRight aria-hidden="true" className="-mr-1 size-5 shrink-0" />
      </Link>
    </AccentScope>
  );
}
