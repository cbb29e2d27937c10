"use client";
import { Undo2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { amountText } from "@/lib/platform/i18n/amount";
import { refundPurchase } from "@/lib/sales/actions";
import { FailureNotice } from "./failure-notice";
import { useAct } from "./use-act";

/** Refunds a purchase, whole or in part. `leftMinor`: what was not refunded yet. */
export function RefundDialog({
  operationId,
  leftMinor,
  ofMinor,
  unit,
  variant = "secondary",
}: {
  operationId: bigint;
  leftMinor: bigint;
  ofMinor: bigint;
  unit: string;
  variant?: "secondary" | "ghost";
}) {
  const t = useTranslations("office.refund");
  const common = useTranslations("common");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [amount, setAmount] = useState<bigint | null>(leftMinor);
  const { run, isPending, failure, forget } = useAct(refundPurchase, {
    said: t("done"),
    onDone: () => setOpen(false),
  });
  const isFine = amount !== null && amount > 0n && amount <= leftMinor;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setAmount(leftMinor);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant={variant} size="sm" className="w-fit">
          <Undo2 aria-hidden="true" />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("title")}
        description={t("text")}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button
              variant="danger"
              busy={isPending}
              disabled={!isFine}
              onClick={() =>
                run({ operationId, partMinor: amount === null || amount === leftMinor ? null : amount })
              }
            >
              {t("do")}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <Field
            label={t("amount")}
            hint={t("left", { left: amountText(leftMinor, locale), of: amountText(ofMinor, locale) })}
            error={isFine ? undefined : t("tooMuch")}
          >
            <AmountInput
              locale={locale}
              defaultValue={leftMinor}
              onAmount={setAmount}
              unit={unit}
              size="lg"
            />
          </Field>
          <FailureNotice failure={failure} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
