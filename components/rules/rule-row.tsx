import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { RuleRow as Row, RuleState } from "@/lib/program";
import { unitOf } from "@/lib/program/model";
import { RuleActions } from "./rule-actions";
import { ruleSentence } from "./sentence";
import type { Words } from "./words";

const TONES: Readonly<Record<RuleState, Tone>> = {
  on: "success",
  scheduled: "info",
  off: "neutral",
  ended: "neutral",
  spent: "warning",
  archived: "neutral",
};

/** One rule of the list: its name and sentence, its state, what is used of its budget, and what it gave lately. */
export function RuleRow({
  row: { rule, state, used, result },
  words,
  locale,
  basedOn,
  mayWrite,
}: {
  row: Row;
  words: Words;
  locale: Locale;
  basedOn: number;
  mayWrite: boolean;
}) {
  const { t, f } = words;
  const isMoney = unitOf(rule.gives.is) === "money";
  const amount = (value: bigint) =>
    isMoney ? f.money(value, { whole: "drop" }) : t("say.inPoints", { points: f.points(value) });
  const { budget } = rule.caps;
  const { id, ...body } = rule;
  return (
    <li className="flex items-start gap-4 px-5 py-4 sm:px-6">
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          {state === "archived" ? (
            <span className="font-medium wrap-anywhere">{rule.name}</span>
          ) : (
            <Link
              href={`/${locale}/office/programme/rules/${id}`}
              className="inline-flex min-h-6 items-center font-medium wrap-anywhere hover:underline"
            >
              {rule.name}
            </Link>
          )}
          <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
          {rule.group && <Badge>{t("list.group", { group: rule.group.name })}</Badge>}
        </p>
        <p className="text-sm text-muted wrap-anywhere">{ruleSentence(rule, words)}</p>
        {budget !== null && used !== null && (
          <div className="mt-1 grid max-w-sm gap-1">
            <Progress
              value={Number(used) / Number(budget)}
              label={t("list.budget")}
              valueText={t("list.used", { used: amount(used), budget: amount(budget) })}
            />
            <p className="text-xs text-faint tabular-nums">
              {t("list.used", { used: amount(used), budget: amount(budget) })}
            </p>
          </div>
        )}
        {result.purchases > 0 && (
          <p className="text-xs text-faint">
            {unitOf(rule.gives.is) === null
              ? t("list.fired", { count: result.purchases, text: f.count(result.purchases) })
              : t("list.gave", {
                  amount: amount(result.amount),
                  count: result.members,
                  text: f.count(result.members),
                })}
          </p>
        )}
      </div>
      {mayWrite && state !== "archived" && <RuleActions id={id} body={body} basedOn={basedOn} />}
    </li>
  );
}
