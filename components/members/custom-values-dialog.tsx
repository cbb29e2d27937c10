"use client";
import { Pencil } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { FormDialog, useFormDialog } from "@/components/office/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CustomField, CustomValues } from "@/lib/members";
import { setCustomValues } from "@/lib/members/actions";
import { CUSTOM_TEXT_MAX, type CustomValue } from "@/lib/members/model";
import { amountText, parseAmount } from "@/lib/platform/i18n/amount";

/** What is typed, by the field's number (an empty text says that nothing is known), and what of it cannot be read. */
type Draft = { texts: Readonly<Record<string, string>>; wrong: ReadonlySet<bigint> };

/** Fills in what the business's own fields ask of a member. */
export function CustomValuesDialog({
  memberId,
  name,
  fields,
  values,
}: {
  memberId: bigint;
  name: string;
  fields: readonly CustomField[];
  values: CustomValues;
}) {
  const t = useTranslations("profile.fields");
  const locale = useLocale();
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): Draft => ({
      texts: Object.fromEntries(
        fields.map((field) => [field.id.toString(), textOf(values.get(field.id), locale)]),
      ),
      wrong: new Set(),
    }),
    setCustomValues,
    { said: t("filled") },
  );
  const typed = (field: CustomField) => draft.texts[field.id.toString()] ?? "";
  const save = () => {
    const read = fields.map((field) => ({ fieldId: field.id, value: valueOf(field, typed(field)) }));
    const bad = read.filter(({ value }) => value === undefined).map(({ fieldId }) => fieldId);
    set("wrong", new Set(bad));
    if (bad.length > 0) return;
    run({
      memberId,
      // What was there before and was not touched is not said again: a choice taken off the list stays where it stands.
      values: read.flatMap(({ fieldId, value = null }) =>
        value === (values.get(fieldId) ?? null) ? [] : [{ fieldId, value }],
      ),
    });
  };
  return (
    <FormDialog
      {...dialog}
      trigger={
        <Button variant="secondary" size="sm">
          <Pencil aria-hidden="true" />
          {t("fill")}
        </Button>
      }
      title={t("fillTitle", { name })}
      onSave={save}
    >
      {fields.map((field) => (
        <Field
          key={field.id.toString()}
          label={field.name}
          error={draft.wrong.has(field.id) ? t("notNumber") : errorOf(field.id.toString())}
        >
          <Control
            field={field}
            kept={values.get(field.id)}
            value={typed(field)}
            onValue={(text) => set("texts", { ...draft.texts, [field.id.toString()]: text })}
          />
        </Field>
      ))}
    </FormDialog>
  );
}

function Control({
  field,
  kept,
  value,
  onValue,
  ...wired
}: {
  field: CustomField;
  kept: CustomValue | undefined;
  value: string;
  onValue: (text: string) => void;
}) {
  const t = useTranslations("profile.fields");
  if (field.kind === "flag" || field.kind === "choice") {
    const options =
      field.kind === "flag"
        ? [
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]
        : // A choice that was taken off the list since still stands for whom it was made.
          [...new Set([...field.options, ...(typeof kept === "string" ? [kept] : [])])].map((option) => ({
            value: option,
            label: option,
          }));
    return (
      <Select {...wired} value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">{t("unknown")}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      {...wired}
      type={field.kind === "day" ? "date" : "text"}
      {...(field.kind === "number" && { inputMode: "decimal" })}
      {...(field.kind === "day" && { min: "1900-01-01", max: "2199-12-31" })}
      value={value}
      maxLength={field.kind === "text" ? CUSTOM_TEXT_MAX : 30}
      autoComplete="off"
      onChange={(event) => onValue(event.target.value)}
    />
  );
}

/** What a text means in a field: null when nothing is known, undefined when it cannot be read. */
function valueOf(field: CustomField, text: string): CustomValue | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (field.kind === "flag") return trimmed === "true";
  if (field.kind !== "number") return trimmed;
  const amount = parseAmount(trimmed);
  return amount === null ? undefined : Number(amount) / 100;
}

function textOf(value: CustomValue | undefined, locale: string): string {
  if (value === undefined) return "";
  if (typeof value !== "number") return String(value);
  return amountText(BigInt(Math.round(value * 100)), locale);
}
