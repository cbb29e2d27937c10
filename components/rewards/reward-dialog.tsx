"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { keepReward } from "@/lib/program/actions";
import type { Reward } from "@/lib/program/model";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { LookFields } from "./look-fields";
import { NameField } from "./name-field";
import { draftOf, inputOf, type RewardDraft } from "./reward-draft";
import { type Part, PriceFields, WhoFields } from "./reward-terms";

export type Named = { readonly id: bigint; readonly name: string };
export type RewardChoices = {
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
  readonly segments: readonly Named[];
  /** Rules that fire only for who brings them. */
  readonly rules: readonly Named[];
  readonly items: readonly Named[];
  readonly currency: string;
};

/** Makes or changes a reward. `preset`: a package of visits begins with ten uses and a price in money. */
export function RewardDialog({
  reward,
  preset = "reward",
  choices,
  trigger,
}: {
  reward?: Reward;
  preset?: "reward" | "package";
  choices: RewardChoices;
  trigger: ReactNode;
}) {
  const t = useTranslations("rewards.reward");
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): RewardDraft => draftOf(reward, preset),
    keepReward,
    { said: t("saved") },
  );
  return (
    <FormDialog
      {...dialog}
      trigger={trigger}
      title={t(reward ? "edit" : preset === "package" ? "addPackage" : "add")}
      onSave={() => {
        const input = inputOf(draft, reward);
        if (input) run(input);
      }}
    >
      <NameField
        label={t("name")}
        error={errorOf("name")}
        value={draft.name}
        onValue={(name) => set("name", name)}
      />
      <Field label={t("description")} hint={t("descriptionHint")}>
        <Textarea
          rows={2}
          value={draft.description}
          onChange={(event) => set("description", event.target.value)}
          maxLength={500}
        />
      </Field>
      <LookFields
        icon={draft.icon}
        color={draft.color}
        onIcon={(icon) => set("icon", icon)}
        onColor={(color) => set("color", color)}
      />
      <EffectFields draft={draft} set={set} choices={choices} />
      <PriceFields draft={draft} set={set} currency={choices.currency} />
      <WhoFields draft={draft} set={set} choices={choices} errorOf={errorOf} />
    </FormDialog>
  );
}

function EffectFields({ draft, set, choices }: Part & { choices: RewardChoices }) {
  const t = useTranslations("rewards.reward");
  const kinds = [
    "thing",
    "amount",
    "percent",
    ...(choices.rules.length > 0 ? (["rule"] as const) : []),
  ] as const;
  return (
    <div className="grid gap-3">
      <div>
        <p className="mb-1.5 text-sm font-medium">{t("effect")}</p>
        <Segmented
          name="effect"
          legend={t("effect")}
          value={draft.effect}
          onValueChange={(effect) => set("effect", effect)}
          options={kinds.map((kind) => ({ value: kind, label: t(`effects.${kind}`) }))}
          className="flex-wrap"
        />
        <p className="mt-1.5 text-sm text-faint">{t(`effectHints.${draft.effect}`)}</p>
      </div>
      {draft.effect === "thing" && choices.items.length > 0 && (
        <NamedSelect
          label={t("item")}
          hint={t("itemHint")}
          value={draft.itemId}
          none={t("itemNone")}
          options={choices.items}
          onValue={(id) => set("itemId", id)}
        />
      )}
      {draft.effect === "amount" && (
        <NumberField
          label={t("amount")}
          error={t("amountError")}
          value={draft.effectMinor ?? null}
          onValue={(value) => set("effectMinor", value ?? undefined)}
          unit={choices.currency}
          isRequired
          min={1n}
        />
      )}
      {draft.effect === "percent" && (
        <NumberField
          label={t("percent")}
          error={t("percentError")}
          value={draft.effectBps ?? null}
          onValue={(value) => set("effectBps", value ?? undefined)}
          unit="%"
          isRequired
          min={1n}
          max={10_000n}
        />
      )}
      {draft.effect === "rule" && (
        <NamedSelect
          label={t("rule")}
          value={draft.ruleId}
          none={t("ruleNone")}
          options={choices.rules}
          onValue={(id) => set("ruleId", id)}
        />
      )}
    </div>
  );
}

function NamedSelect({
  label,
  hint,
  value,
  none,
  options,
  onValue,
}: {
  label: string;
  hint?: string;
  value: string;
  none: string;
  options: readonly Named[];
  onValue: (id: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      <Select value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">{none}</option>
        {options.map(({ id, name }) => (
          <option key={id.toString()} value={id.toString()}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
