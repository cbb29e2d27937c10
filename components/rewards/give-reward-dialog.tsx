"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { giveMemberReward } from "@/lib/program/actions";
import { NumberField } from "../office/number-field";
import { useAct } from "../office/use-act";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog, useDraft } from "./form-dialog";
import type { Named } from "./reward-dialog";
import { RewardSelect } from "./reward-select";

type Draft = { rewardId: string; validDays: bigint | null | undefined; comment: string };

/** Gives a member a reward for nothing, with a lifetime of its own where wished. */
export function GiveRewardDialog({ memberId, rewards }: { memberId: bigint; rewards: readonly Named[] }) {
  const t = useTranslations("rewards.held");
  const common = useTranslations("common");
  const form = useDraft<Draft>(() => ({
    rewardId: rewards[0]?.id.toString() ?? "",
    validDays: null,
    comment: "",
  }));
  const { draft, set } = form;
  const { run, isPending, failure, forget } = useAct(giveMemberReward, {
    said: t("given"),
    onDone: () => form.setOpen(false),
  });
  return (
    <FormDialog
      trigger={
        <Button variant="secondary" size="sm">
          <Plus aria-hidden="true" />
          {t("give")}
        </Button>
      }
      title={t("giveTitle")}
      save={t("give")}
      isPending={isPending}
      failure={failure}
      isOpen={form.isOpen}
      onOpenChange={form.setOpen}
      onOpen={() => {
        form.restart();
        forget();
      }}
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
      <div key={form.opened} className="grid gap-4">
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
      </div>
    </FormDialog>
  );
}
