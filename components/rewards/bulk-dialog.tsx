"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { makePromoCodes } from "@/lib/program/actions";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";

/** Makes more unique codes for a campaign. */
export function BulkDialog({ promoId, trigger }: { promoId: bigint; trigger: ReactNode }) {
  const t = useTranslations("rewards.promo");
  const { draft, set, run, dialog } = useFormDialog(
    (): { count: bigint | undefined } => ({ count: 100n }),
    makePromoCodes,
    { said: t("made") },
  );
  return (
    <FormDialog
      {...dialog}
      trigger={trigger}
      title={t("bulkTitle")}
      description={t("bulkText")}
      save={t("bulkDo")}
      onSave={() => {
        if (typeof draft.count === "bigint") run({ promoId, count: Number(draft.count) });
      }}
    >
      <NumberField
        label={t("bulkCount")}
        error={t("bulkError")}
        value={draft.count ?? null}
        onValue={(value) => set("count", value ?? undefined)}
        whole
        isRequired
        min={1n}
        max={10_000n}
      />
    </FormDialog>
  );
}
