"use client";
import { Pencil, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { FormDialog, useFormDialog } from "@/components/office/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CustomField } from "@/lib/members";
import { saveCustomField } from "@/lib/members/actions";
import { CUSTOM_KINDS, type CustomKind } from "@/lib/members/model";

/** Options as they are typed, one a line. */
type Draft = { name: string; kind: CustomKind; options: string };

/** Makes a custom field, or changes the name and options of one. */
export function CustomDialog({ field }: { field: CustomField | null }) {
  const t = useTranslations("profile.fields");
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): Draft => ({
      name: field?.name ?? "",
      kind: field?.kind ?? "text",
      options: field?.options.join("\n") ?? "",
    }),
    saveCustomField,
    { said: t("saved") },
  );
  const { name, kind } = draft;
  const lines = draft.options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    <FormDialog
      {...dialog}
      trigger={
        field ? (
          <Button variant="ghost" size="sm" icon aria-label={t("edit", { name: field.name })}>
            <Pencil aria-hidden="true" />
          </Button>
        ) : (
          <Button>
            <Plus aria-hidden="true" />
            {t("add")}
          </Button>
        )
      }
      title={t(field ? "editTitle" : "addTitle")}
      onSave={() =>
        run({ id: field?.id ?? null, name, kind, options: kind === "choice" ? [...new Set(lines)] : [] })
      }
    >
      <Field label={t("name")} error={errorOf("name")}>
        <Input
          value={name}
          maxLength={60}
          placeholder={t("namePlaceholder")}
          autoComplete="off"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <Field label={t("kind")} hint={field ? undefined : t("kindHint")} error={errorOf("kind")}>
        <Select
          value={kind}
          disabled={field !== null}
          onChange={(event) => set("kind", CUSTOM_KINDS.find((one) => one === event.target.value) ?? "text")}
        >
          {CUSTOM_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kinds.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {kind === "choice" && (
        <Field label={t("options")} hint={t("optionsHint")} error={errorOf("options")}>
          <Textarea value={draft.options} rows={6} onChange={(event) => set("options", event.target.value)} />
        </Field>
      )}
    </FormDialog>
  );
}
