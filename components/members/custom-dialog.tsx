"use client";
import { Pencil, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFieldError } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { FormDialog } from "@/components/rewards/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CustomField } from "@/lib/members";
import { saveCustomField } from "@/lib/members/actions";
import { CUSTOM_KINDS, type CustomKind } from "@/lib/members/model";

/** Makes a custom field, or changes the name and options of one. */
export function CustomDialog({ field }: { field: CustomField | null }) {
  const t = useTranslations("profile.fields");
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<CustomKind>("text");
  const [options, setOptions] = useState("");
  const { run, isPending, failure, forget } = useAct(saveCustomField, {
    said: t("saved"),
    onDone: () => setOpen(false),
  });
  const errorOf = useFieldError(failure);
  const lines = options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    <FormDialog
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
      isPending={isPending}
      failure={failure}
      isOpen={isOpen}
      onOpenChange={setOpen}
      onOpen={() => {
        forget();
        setName(field?.name ?? "");
        setKind(field?.kind ?? "text");
        setOptions(field?.options.join("\n") ?? "");
      }}
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
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t("kind")} hint={field ? undefined : t("kindHint")} error={errorOf("kind")}>
        <Select
          value={kind}
          disabled={field !== null}
          onChange={(event) => setKind(CUSTOM_KINDS.find((one) => one === event.target.value) ?? "text")}
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
          <Textarea value={options} rows={6} onChange={(event) => setOptions(event.target.value)} />
        </Field>
      )}
    </FormDialog>
  );
}
