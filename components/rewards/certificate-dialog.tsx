"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { sellGiftCertificate } from "@/lib/program/actions";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Typed = bigint | null | undefined;
type Draft = { amount: Typed; validDays: Typed; greeting: string };

/** Sells a gift certificate and opens its page, which can be printed. */
export function CertificateDialog({ currency, trigger }: { currency: string; trigger: ReactNode }) {
  const t = useTranslations("rewards.certificate");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const { draft, set, run, dialog } = useFormDialog(
    (): Draft => ({
      amount: undefined,
      validDays: 365n,
      greeting: "",
    }),
    sellGiftCertificate,
    {
      said: t("sold"),
      onDone: ({ id }) => router.push(`/${locale}/office/rewards/certificates/${id.toString()}`),
    },
  );
  return (
    <FormDialog
      {...dialog}
      trigger={trigger}
      title={t("sellTitle")}
      description={t("sellText")}
      save={t("sellDo")}
      onSave={() => {
        if (typeof draft.amount !== "bigint" || draft.validDays === undefined) return;
        run({
          amountMinor: draft.amount,
          validDays: draft.validDays === null ? null : Number(draft.validDays),
          memberId: null,
          greeting: draft.greeting.trim() || null,
        });
      }}
    >
      <NumberField
        label={t("amount")}
        error={t("amountError")}
        value={null}
        onValue={(value) => set("amount", value ?? undefined)}
        unit={currency}
        isRequired
        min={1n}
      />
      <NumberField
        label={t("validDays")}
        error={t("daysError")}
        value={draft.validDays ?? null}
        onValue={(value) => set("validDays", value)}
        unit={t("days")}
        placeholder={t("forever")}
        optional={common("optional")}
        whole
        min={1n}
        max={3_650n}
      />
      <Field label={t("greeting")} hint={t("greetingHint")} optional={common("optional")}>
        <Input
          value={draft.greeting}
          onChange={(event) => set("greeting", event.target.value)}
          maxLength={200}
          autoComplete="off"
        />
      </Field>
    </FormDialog>
  );
}
