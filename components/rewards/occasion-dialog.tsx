"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Occasion } from "@/lib/program";
import { keepOccasion } from "@/lib/program/actions";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Segmented } from "../ui/segmented";
import type { Named } from "./reward-dialog";
import { RewardSelect } from "./reward-select";

type Typed = bigint | null | undefined;
type Draft = { kind: Occasion["kind"]; rewardId: string; daysBefore: Typed; validDays: Typed };

/** Makes or changes an offer for a personal date. */
export function OccasionDialog({
  occasion,
  rewards,
  trigger,
}: {
  occasion?: Occasion;
  rewards: readonly Named[];
  trigger: ReactNode;
}) {
  const t = useTranslations("rewards.occasion");
  const { draft, set, run, dialog } = useFormDialog(
    (): Draft => ({
      kind: occasion?.kind ?? "birthday",
      rewardId: occasion?.rewardId.toString() ?? rewards[0]?.id.toString() ?? "",
      daysBefore: BigInt(occasion?.daysBefore ?? 7),
      validDays: BigInt(occasion?.validDays ?? 14),
    }),
    keepOccasion,
    { said: t("saved") },
  );
  const save = () => {
    const { kind, rewardId, daysBefore, validDays } = draft;
    if (rewardId === "" || typeof daysBefore !== "bigint" || typeof validDays !== "bigint") return;
    run({
      id: occasion?.id ?? null,
      kind,
      rewardId: BigInt(rewardId),
      daysBefore: Number(daysBefore),
      validDays: Number(validDays),
    });
  };
  return (
    <FormDialog {...dialog} trigger={trigger} title={t(occasion ? "edit" : "add")} onSave={save}>
      <Segmented
        name="kind"
        legend={t("kind")}
        value={draft.kind}
        onValueChange={(kind) => set("kind", kind)}
        options={[
          { value: "birthday", label: t("birthday") },
          { value: "anniversary", label: t("anniversary") },
        ]}
      />
      <RewardSelect
        label={t("reward")}
        rewards={rewards}
        value={draft.rewardId}
        onValue={(id) => set("rewardId", id)}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          label={t("daysBefore")}
          error={t("daysBeforeError")}
          value={draft.daysBefore ?? null}
          onValue={(value) => set("daysBefore", value ?? undefined)}
          unit={t("days")}
          whole
          isRequired
          max={60n}
        />
        <NumberField
          label={t("validDays")}
          error={t("validDaysError")}
          value={draft.validDays ?? null}
          onValue={(value) => set("validDays", value ?? undefined)}
          unit={t("days")}
          whole
          isRequired
          max={365n}
        />
      </div>
    </FormDialog>
  );
}
