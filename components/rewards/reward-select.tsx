"use client";
import { useTranslations } from "next-intl";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import type { Named } from "./reward-dialog";

/** One of the rewards on offer. */
export function RewardSelect({
  label,
  rewards,
  value,
  onValue,
}: {
  label: string;
  rewards: readonly Named[];
  value: string;
  onValue: (id: string) => void;
}) {
  const t = useTranslations("rewards");
  return (
    <Field label={label} hint={rewards.length === 0 ? t("noRewardYet") : undefined}>
      <Select value={value} onChange={(event) => onValue(event.target.value)} disabled={rewards.length === 0}>
        {rewards.map(({ id, name }) => (
          <option key={id.toString()} value={id.toString()}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
