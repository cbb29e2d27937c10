"use client";
import { useTranslations } from "next-intl";
import { THRESHOLDS, type ThresholdName, type Thresholds } from "@/lib/tiers/model";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

/** Figures that reach a tier, or keep it: any one is enough. `of`: whose they are, for fields that hold no value. */
export function TierThresholds({
  of,
  values,
  draft,
  unit,
  onChange,
}: {
  of: string;
  values: Thresholds;
  draft: Draft;
  unit: string;
  onChange: (part: Partial<Thresholds>) => void;
}) {
  const t = useTranslations("tiers.tier");
  const office = useTranslations("office.programme.tiers");
  const form = useTranslations("tiers.form");
  const { experience } = draft.settings;
  const counts = experience.perVisit + experience.perHundred + experience.perFriend > 0;
  const shown = THRESHOLDS.filter((name) => name !== "experience" || counts || values.experience !== null);
  const put = (name: ThresholdName) => (value: bigint | null | undefined) => {
    draft.mark(`${of}.${name}`, value !== undefined);
    if (value === undefined) return;
    if (name === "spentMinor") onChange({ spentMinor: value });
    else onChange({ [name]: value === null ? null : Number(value) });
  };
  return (
    <div className="grid grid-cols-2 items-start gap-4 lg:grid-cols-4">
      {shown.map((name) => {
        const value = values[name];
        const isMoney = name === "spentMinor";
        return (
          <NumberField
            key={name}
            label={t(name)}
            error={office(isMoney ? "amountError" : "countError")}
            value={value === null ? null : BigInt(value)}
            onValue={put(name)}
            {...(isMoney && { unit })}
            {...(name === "experience" && { unit: form("experienceUnit") })}
            whole={!isMoney}
            min={isMoney ? 0n : 1n}
            max={isMoney ? 1_000_000_000_000n : name === "invited" ? 100_000n : 1_000_000n}
            placeholder="–"
          />
        );
      })}
    </div>
  );
}
