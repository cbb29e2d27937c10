"use client";
import { ArrowRight, TrendingDown, TrendingUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { type Formats, formats } from "@/lib/platform/i18n/format";
import type { Effect, Warning } from "@/lib/program";
import { EffectExample } from "./effect-example";
import { EffectPast } from "./effect-past";
import { FailureNotice } from "./failure-notice";
import type { Failure } from "./use-act";

/** What a draft would do: who moves, what it would have cost, one bill worked out, and what looks like a slip. */
export function EffectPanel({
  effect,
  failure,
  isPending,
  policy,
  currency,
}: {
  effect: Effect;
  failure: Failure | null;
  isPending: boolean;
  policy: "points" | "discount";
  currency: string;
}) {
  const t = useTranslations("office.programme.effect");
  const more = useTranslations("tiers.warning");
  const f = formats({ locale: useLocale(), currency });
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{effect.changes.length === 0 ? t("asIs") : t("draft")}</CardDescription>
        </div>
        <span role="status">
          {isPending && (
            <>
              <Spinner />
              <span className="sr-only">{t("counting")}</span>
            </>
          )}
        </span>
      </CardHeader>
      <div className={cx("divide-y divide-line transition-opacity", isPending && "opacity-60")}>
        <FailureNotice failure={failure} className="m-4" />
        {effect.warnings.length > 0 && (
          <div className="grid gap-2 p-4 sm:px-6">
            {effect.warnings.map((warning) => (
              <Notice key={JSON.stringify(warning)} tone="warning">
                {warningText(warning, t, more, f)}
              </Notice>
            ))}
          </div>
        )}
        <Part title={t("moves")}>
          {effect.moves.length === 0 ? (
            <p className="text-sm text-muted">{t("nobodyMoves", { count: effect.members })}</p>
          ) : (
            <Moves moves={effect.moves} f={f} />
          )}
        </Part>
        <Part title={t("past")}>
          <EffectPast past={effect.past} f={f} />
        </Part>
        <Part title={t("example", { amount: f.money(effect.example.totalMinor, { whole: "drop" }) })}>
          <EffectExample example={effect.example} policy={policy} f={f} />
        </Part>
      </div>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3 px-5 py-4 sm:px-6">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

export function Moves({ moves, f }: { moves: Effect["moves"]; f: Formats }) {
  const t = useTranslations("office.programme.effect");
  return (
    <ul className="grid gap-2 text-sm">
      {moves.map((move) => (
        <li key={`${move.from}→${move.to}`} className="flex items-center gap-2">
          {move.up ? (
            <TrendingUp aria-label={t("up")} role="img" className="size-4 shrink-0 text-success" />
          ) : (
            <TrendingDown aria-label={t("down")} role="img" className="size-4 shrink-0 text-danger" />
          )}
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
            {move.from}
            <ArrowRight aria-label={t("to")} role="img" className="size-3.5 text-faint" />
            {move.to}
          </span>
          <span className="font-medium tabular-nums">
            {t("members", { count: move.members, text: f.count(move.members) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Texts = ReturnType<typeof useTranslations<"office.programme.effect">>;
type MoreTexts = ReturnType<typeof useTranslations<"tiers.warning">>;

function warningText(warning: Warning, t: Texts, more: MoreTexts, f: Formats): string {
  switch (warning.code) {
    case "rates_close":
      return t("warning.rates_close", { ...warning, step: f.points(BigInt(warning.bps)) });
    case "rate_lower":
    case "threshold_lower":
      return t(`warning.${warning.code}`, { tier: warning.tier, other: warning.other });
    case "cap_zero":
      return warning.tier === null
        ? t("warning.cap_zero")
        : t("warning.cap_zero_tier", { tier: warning.tier });
    case "earned_before_pending":
    case "welcome_before_pending":
      return t(`warning.${warning.code}`, { days: warning.days, pending: warning.pending });
    case "nothing_earned":
      return t("warning.nothing_earned");
    case "keep_without_window":
      return more("keep_without_window", { tier: warning.tier });
    case "grace_over_window":
      return more("grace_over_window", { grace: warning.grace });
    case "remind_over_life":
      return more("remind_over_life", { days: warning.days });
  }
}
