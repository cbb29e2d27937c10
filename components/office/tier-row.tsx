"use client";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Tier } from "@/lib/tiers/model";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";
import { TierMore } from "./tier-more";
import { TierThresholds } from "./tier-thresholds";

const RATE_MAX = 10_000n;

/** One tier: its name and rates, how it is reached, and what else it has. */
export function TierRow({
  tier,
  draft,
  unit,
  onChange,
  onRemove,
  nameProblem,
  problems,
}: {
  tier: Tier;
  draft: Draft;
  unit: string;
  onChange: (part: Partial<Tier>) => void;
  onRemove?: () => void;
  nameProblem: string | undefined;
  /** What is wrong with the rest of it. */
  problems: readonly string[];
}) {
  const t = useTranslations("office.programme.tiers");
  const more = useTranslations("tiers.tier");
  const isPoints = draft.settings.policy === "points";
  const isBase = onRemove === undefined;
  /** `undefined` from a field marks it and leaves the tier as it was. */
  const put =
    (name: "rateBps" | "maxPointsBps", part: (value: bigint | null) => Partial<Tier>) =>
    (value: bigint | null | undefined) => {
      draft.mark(`${tier.id}.${name}`, value !== undefined);
      if (value !== undefined) onChange(part(value));
    };
  return (
    <div className="grid gap-4">
      <div className="flex items-start gap-3">
        <Field label={isBase ? t("baseName") : t("name")} error={nameProblem} className="min-w-0 flex-1">
          <Input
            value={tier.name}
            maxLength={60}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        {onRemove && (
          <Button
            variant="ghost"
            icon
            onClick={onRemove}
            aria-label={t("remove", { name: tier.name })}
            className="mt-6.5"
          >
            <Trash2 aria-hidden="true" />
          </Button>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-4 lg:grid-cols-4">
        <NumberField
          label={isPoints ? t("rate") : t("discount")}
          error={t("rateError")}
          value={BigInt(tier.rateBps)}
          onValue={put("rateBps", (value) => ({ rateBps: Number(value ?? 0n) }))}
          unit="%"
          isRequired
          max={RATE_MAX}
        />
        <NumberField
          label={t("cap")}
          error={t("rateError")}
          value={tier.maxPointsBps === null ? null : BigInt(tier.maxPointsBps)}
          onValue={put("maxPointsBps", (value) => ({ maxPointsBps: value === null ? null : Number(value) }))}
          unit="%"
          max={RATE_MAX}
          placeholder={t("capDefault")}
        />
        {isBase && <p className="col-span-2 text-sm text-faint lg:pt-8">{t("baseHint")}</p>}
      </div>
      {!isBase && (
        <div className="grid gap-2">
          <p className="text-sm font-medium">{more("enter")}</p>
          <TierThresholds of={tier.id} values={tier} draft={draft} unit={unit} onChange={onChange} />
        </div>
      )}
      <TierMore tier={tier} draft={draft} unit={unit} isBase={isBase} onChange={onChange} />
      {problems.map((text) => (
        <p key={text} className="text-sm text-danger">
          {text}
        </p>
      ))}
    </div>
  );
}
