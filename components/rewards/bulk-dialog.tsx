"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { makePromoCodes } from "@/lib/program/actions";
import { NumberField } from "../office/number-field";
import { useAct } from "../office/use-act";
import { FormDialog, useDraft } from "./form-dialog";

/** Makes more unique codes for a campaign. */
export function BulkDialog({ promoId, trigger }: { promoId: bigint; trigger: ReactNode }) {
  const t = useTranslations("rewards.promo");
  const form = useDraft<{ count: bigint | null | undefined }>(() => ({ count: 100n }));
  const { run, isPending, failure, forget } = useAct(makePromoCodes, {
    said: t("made"),
    onDone: () => form.setOpen(false),
  });
  return (
    <FormDialog
      trigger={trigger}
      title={t("bulkTitle")}
      description={t("bulkText")}
      save={t("bulkDo")}
      isPending={isPending}
      failure={failure}
      isOpen={form.isOpen}
      onOpenChange={form.setOpen}
      onOpen={() => {
        form.restart();
        forget();
      }}
      onSave={() => {
        if (typeof form.draft.count === "bigint") run({ promoId, count: Number(form.draft.count) });
      }}
    >
      <NumberField
        key={form.opened}
        label={t("bulkCount")}
        error={t("bulkError")}
        value={form.draft.count ?? null}
        onValue={(value) => form.set("count", value ?? undefined)}
        whole
        isRequired
        min={1n}
        max={10_000n}
      />
    </FormDialog>
  );
}
