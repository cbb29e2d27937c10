"use client";
import { useTranslations } from "next-intl";
import { NumberField } from "../office/number-field";
import { Checkbox } from "../ui/choice";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { RewardChoices } from "./reward-dialog";
import type { RewardDraft } from "./reward-draft";

/** A part of the form of a reward. */
export type Part = {
  draft: RewardDraft;
  set: <Key extends keyof RewardDraft>(key: Key, value: RewardDraft[Key]) => void;
};

/** What it costs, how often it may be used and how long it lives. */
export function PriceFields({ draft, set, currency }: Part & { currency: string }) {
  const t = useTranslations("rewards.reward");
  const common = useTranslations("common");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <NumberField
        label={t("pricePoints")}
        hint={t("pricePointsHint")}
        error={t("amountError")}
        optional={common("optional")}
        value={draft.pricePoints ?? null}
        onValue={(value) => set("pricePoints", value)}
        unit={t("pointsUnit")}
      />
      <NumberField
        label={t("priceMinor")}
        hint={t("priceMinorHint")}
        error={t("amountError")}
        optional={common("optional")}
        value={draft.priceMinor ?? null}
        onValue={(value) => set("priceMinor", value)}
        unit={currency}
      />
      <NumberField
        label={t("uses")}
        hint={t("usesHint")}
        error={t("countError")}
        value={draft.uses ?? null}
        onValue={(value) => set("uses", value ?? undefined)}
        whole
        isRequired
        min={1n}
        max={1_000n}
      />
      <NumberField
        label={t("validDays")}
        error={t("countError")}
        value={draft.validDays ?? null}
        onValue={(value) => set("validDays", value)}
        unit={t("days")}
        placeholder={t("forever")}
        optional={common("optional")}
        whole
        max={3_650n}
      />
    </div>
  );
}

/** Who may have it, how many and when. */
export function WhoFields({
  draft,
  set,
  choices,
  errorOf,
}: Part & { choices: RewardChoices; errorOf: (path: string) => string | undefined }) {
  const t = useTranslations("rewards.reward");
  const common = useTranslations("common");
  const optional = common("optional");
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberField
          label={t("stock")}
          error={t("countError")}
          value={draft.stock ?? null}
          onValue={(value) => set("stock", value)}
          placeholder={t("endless")}
          optional={optional}
          whole
          max={1_000_000n}
        />
        <NumberField
          label={t("limitCount")}
          error={errorOf("limitCount") ?? t("countError")}
          value={draft.limitCount ?? null}
          onValue={(value) => set("limitCount", value)}
          placeholder={t("endless")}
          optional={optional}
          whole
          min={1n}
          max={1_000n}
        />
        <NumberField
          label={t("limitDays")}
          error={t("countError")}
          value={draft.limitDays ?? null}
          onValue={(value) => set("limitDays", value)}
          unit={t("days")}
          placeholder={t("ever")}
          optional={optional}
          whole
          min={1n}
          max={3_650n}
        />
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("startsOn")} optional={optional}>
          <Input
            type="date"
            value={draft.startsOn}
            onChange={(event) => set("startsOn", event.target.value)}
          />
        </Field>
        <Field label={t("endsOn")} optional={optional} error={errorOf("endsOn")}>
          <Input type="date" value={draft.endsOn} onChange={(event) => set("endsOn", event.target.value)} />
        </Field>
      </div>
      {choices.segments.length > 0 && (
        <Field label={t("segment")}>
          <Select value={draft.segmentId} onChange={(event) => set("segmentId", event.target.value)}>
            <option value="">{t("everybody")}</option>
            {choices.segments.map(({ id, name }) => (
              <option key={id.toString()} value={id.toString()}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {choices.tiers.length > 1 && (
        <fieldset>
          <legend className="text-sm font-medium">{t("tiers")}</legend>
          <p className="mb-1 text-sm text-faint">{t("tiersHint")}</p>
          <div className="flex flex-wrap gap-x-5">
            {choices.tiers.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={draft.tierIds.includes(id)}
                onChange={(event) =>
                  set(
                    "tierIds",
                    event.target.checked ? [...draft.tierIds, id] : draft.tierIds.filter((own) => own !== id),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
