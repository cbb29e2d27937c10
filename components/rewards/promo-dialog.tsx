"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PromoFigures } from "@/lib/program";
import { keepPromo } from "@/lib/program/actions";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Checkbox } from "../ui/choice";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { NameField } from "./name-field";
import { type PromoDraft, promoDraft, promoInput } from "./promo-draft";
import type { Named } from "./reward-dialog";
import { RewardSelect } from "./reward-select";

/** Makes or changes a campaign of promo codes. */
export function PromoDialog({
  promo,
  rewards,
  trigger,
}: {
  promo?: PromoFigures;
  rewards: readonly Named[];
  trigger: ReactNode;
}) {
  const t = useTranslations("rewards.promo");
  const common = useTranslations("common");
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): PromoDraft => promoDraft(promo, rewards),
    keepPromo,
    { said: t("saved") },
  );
  const optional = common("optional");
  return (
    <FormDialog
      {...dialog}
      trigger={trigger}
      title={t(promo ? "edit" : "add")}
      onSave={() => {
        const input = promoInput(draft, promo?.id ?? null);
        if (input) run(input);
      }}
    >
      <NameField
        label={t("name")}
        hint={t("nameHint")}
        error={errorOf("name")}
        value={draft.name}
        onValue={(name) => set("name", name)}
      />
      {!promo && (
        <div className="grid gap-3">
          <Segmented
            name="kind"
            legend={t("kind")}
            value={draft.kind}
            onValueChange={(kind) => set("kind", kind)}
            options={[
              { value: "shared", label: t("shared") },
              { value: "unique", label: t("unique") },
            ]}
          />
          {draft.kind === "shared" ? (
            <Field label={t("code")} hint={t("codeHint")} error={errorOf("code")}>
              <Input
                value={draft.code}
                onChange={(event) => set("code", event.target.value.toUpperCase())}
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                className="tracking-wide uppercase"
              />
            </Field>
          ) : (
            <p className="text-sm text-faint">{t("uniqueHint")}</p>
          )}
        </div>
      )}
      <BringsFields draft={draft} set={set} rewards={rewards} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          label={t("limitTotal")}
          error={errorOf("limitTotal") ?? t("countError")}
          value={draft.limitTotal ?? null}
          onValue={(value) => set("limitTotal", value)}
          placeholder={t("endless")}
          optional={optional}
          whole
          min={1n}
          max={10_000_000n}
        />
        <NumberField
          label={t("limitPerMember")}
          error={t("countError")}
          value={draft.limitPerMember ?? null}
          onValue={(value) => set("limitPerMember", value ?? undefined)}
          whole
          isRequired
          min={1n}
          max={1_000n}
        />
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
      <Checkbox
        label={t("onlyNew")}
        hint={t("onlyNewHint")}
        checked={draft.onlyNew}
        onChange={(event) => set("onlyNew", event.target.checked)}
      />
    </FormDialog>
  );
}

function BringsFields({
  draft,
  set,
  rewards,
}: {
  draft: PromoDraft;
  set: <Key extends keyof PromoDraft>(key: Key, value: PromoDraft[Key]) => void;
  rewards: readonly Named[];
}) {
  const t = useTranslations("rewards.promo");
  const common = useTranslations("common");
  return (
    <div className="grid gap-3">
      <div>
        <p className="mb-1.5 text-sm font-medium">{t("brings")}</p>
        <Segmented
          name="brings"
          legend={t("brings")}
          value={draft.brings}
          onValueChange={(brings) => set("brings", brings)}
          options={[
            { value: "points", label: t("bringsPoints") },
            { value: "reward", label: t("bringsReward") },
          ]}
        />
      </div>
      {draft.brings === "points" ? (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <NumberField
            label={t("points")}
            error={t("pointsError")}
            value={draft.points ?? null}
            onValue={(value) => set("points", value ?? undefined)}
            isRequired
            min={1n}
          />
          <NumberField
            label={t("pointsDays")}
            hint={t("pointsDaysHint")}
            error={t("countError")}
            value={draft.pointsDays ?? null}
            onValue={(value) => set("pointsDays", value)}
            unit={t("days")}
            optional={common("optional")}
            whole
            min={1n}
            max={3_650n}
          />
        </div>
      ) : (
        <RewardSelect
          label={t("reward")}
          rewards={rewards}
          value={draft.rewardId}
          onValue={(id) => set("rewardId", id)}
        />
      )}
    </div>
  );
}
