"use client";
import { useTranslations } from "next-intl";
import type { Vocabulary } from "@/lib/journeys";
import type { PlainStep } from "@/lib/journeys/schema";
import { NumberInput, Pick } from "./small-fields";

type Gift = Extract<PlainStep, { kind: "points" | "promo" | "reward" }>;

/** What later messages may write of each gift. */
const NAMES = {
  points: "{offerPoints} {offerUntil}",
  promo: "{promoCode} {offerUntil}",
  reward: "{reward} {offerUntil}",
} as const;

/** What is given, and how long it is good. */
export function GiftFields({
  step,
  words,
  onChange,
}: {
  step: Gift;
  words: Vocabulary;
  onChange: (step: Gift) => void;
}) {
  const t = useTranslations("journeys.field");
  const isPoints = step.kind === "points";
  return (
    <div className="grid gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <What step={step} words={words} onChange={onChange} />
        <NumberInput
          label={isPoints ? t("pointsDays") : t("giftDays")}
          value={step.days ?? 0}
          max={3_650}
          hint={step.days === null ? (isPoints ? t("pointsForever") : t("giftForever")) : undefined}
          onChange={(days) => onChange({ ...step, days: days === 0 ? null : Math.round(days) })}
        />
      </div>
      {step.kind === "promo" && <p className="text-sm text-faint">{t("promoHint")}</p>}
      <p className="text-sm text-faint">{t("giftsHint", { list: NAMES[step.kind] })}</p>
    </div>
  );
}

function What({ step, words, onChange }: Parameters<typeof GiftFields>[0]) {
  const t = useTranslations("journeys.field");
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  if (step.kind === "points")
    return (
      <NumberInput
        label={t("points")}
        value={step.points / 100}
        min={1}
        max={1_000_000}
        onChange={(points) => onChange({ ...step, points: Math.round(points * 100) })}
      />
    );
  if (step.kind === "promo")
    return (
      <Pick
        label={t("promo")}
        value={step.promoId}
        empty={t("choose")}
        options={named(words.promos)}
        onChange={(promoId) => onChange({ ...step, promoId })}
      />
    );
  return (
    <Pick
      label={t("reward")}
      value={step.rewardId}
      empty={t("choose")}
      options={named(words.rewards)}
      onChange={(rewardId) => onChange({ ...step, rewardId })}
    />
  );
}
