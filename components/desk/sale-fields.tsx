"use client";
import { useTranslations } from "next-intl";
import { cx } from "../ui/cx";
import { Field } from "../ui/field";
import { Input, InputWith } from "../ui/input";
import { useDesk } from "./setting";
import type { SaleForm } from "./use-sale-form";
import { useTouch } from "./use-touch";

const LENGTH_MAX = 16;

/** The amount, and the receipt's number where the programme wants it. */
export function SaleFields({
  form,
  isTried,
  lacksReceipt,
}: {
  form: SaleForm;
  isTried: boolean;
  lacksReceipt: boolean;
}) {
  const t = useTranslations("desk.sale");
  const { currency, locale, needsReceiptNumber } = useDesk();
  const isTouch = useTouch({ wide: true });
  const { typedTotal } = form;
  const isWrong = typedTotal.is === "wrong" && (isTried || typedTotal.why !== "zero");
  const error = isWrong
    ? t(`amount.${typedTotal.why}`)
    : isTried && typedTotal.is === "empty" && t("amount.empty");
  const sign = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value;
  return (
    <div
      className={cx(
        "grid items-start gap-4",
        needsReceiptNumber && "md:grid-cols-[minmax(0,1fr)_minmax(0,14rem)]",
      )}
    >
      <Field label={t("total")} error={error || undefined}>
        <InputWith
          id="sale-total"
          size="xl"
          autoFocus
          autoComplete="off"
          inputMode={isTouch ? "none" : "decimal"}
          maxLength={LENGTH_MAX}
          placeholder="0"
          value={form.total}
          after={<span className="text-2xl">{sign}</span>}
          className="text-3xl font-semibold tabular-nums"
          onFocus={() => form.setFocus("total")}
          onChange={(event) => form.setTotal(event.target.value)}
        />
      </Field>
      {needsReceiptNumber && (
        <Field label={t("receipt")} error={isTried && lacksReceipt ? t("receiptMissing") : undefined}>
          <Input
            id="sale-receipt"
            size="xl"
            autoComplete="off"
            maxLength={60}
            value={form.receipt}
            onChange={(event) => form.setReceipt(event.target.value)}
          />
        </Field>
      )}
    </div>
  );
}
