"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { giveMemberReward } from "@/lib/program/actions";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { Named } from "./reward-dialog";
import { RewardSelect } from "./reward-select";

type Draft = { rewardId: string; validDays: bigint | null | undefined; comment: string };

/** Gives a member a reward for nothing, with a lifetime of its own where wished. */
export function GiveRewardDialog({ memberId, rewards }: { memberId: bigint; rewards: readonly Named[] }) {
  const t = useTranslations("rewards.held");
  const common = useTranslations("common");
  const { draft, set, run, dialog } = useFormDialog(
    (): Draft => ({
      rewardId: rewards[0]?.id.toString() ?? "",
      validDays: null,
      comment: "",
    }),
    giveMemberReward,
    { said: t("given") },
  );
  return (
    <FormDialog
      {...dialog}
      trigger={
        <Button variant="secondary" size="sm">
          <Plus aria-hidden="true" />
          {t("give")}
        </Button>
      }
      title={t("giveTitle")}
      save={t("give")}
      onSave={() => {
        if (draft.rewardId === "" || draft.validDays === undefined) return;
        run({
          memberId,
          rewardId: BigInt(draft.rewardId),
          validDays: draft.validDays === null ? null : Number(draft.validDays),
          comment: draft.comment.trim() || null,
        });
      }}
    >
      <RewardSelect
        label={t("what")}
        rewards={rewards}
        value={draft.rewardId}
        onValue={(id) => set("rewardId", id)}
      />
      <NumberField
        label={t("validDays")}
        hint={t("validDaysHint")}
        error={t("daysError")}
        value={null}
        onValue={(value) => set("validDays", value)}
        unit={t("days")}
        optional={common("optional")}
        whole
        max={3_650n}
      />
      <Field label={t("comment")} optional={common("optional")}>
        <Input
          value={draft.comment}
          onChange={(event) => set("comment", event.target.value)}
          maxLength={200}
          autoComplete="off"
        />
      </Field>
    </FormDialog>
  );
}
