"use client";
import { Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Category } from "@/lib/catalog";
import { removeCategory, renameCategory } from "@/lib/catalog/actions";
import { CATEGORY_NAME_MAX } from "@/lib/catalog/model";
import { AskDialog } from "../office/ask-dialog";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { useAct } from "../office/use-act";
import { IconButton } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** The heading above a category's items. `category`: null above those in none. */
export function CategoryHead({
  category,
  count,
  others,
  mayWrite,
}: {
  category: Category | null;
  count: number;
  others: readonly string[];
  mayWrite: boolean;
}) {
  const t = useTranslations("catalog");
  return (
    <div className="flex min-h-11 items-center gap-3 border-b bg-sunken px-5 py-1 sm:px-6">
      <h2 className="min-w-0 flex-1 text-sm font-semibold wrap-anywhere">
        {category?.name ?? t("noCategory")}
        <span className="ml-2 font-normal text-faint">{t("categoryCount", { count })}</span>
      </h2>
      {mayWrite && category && (
        <span className="flex shrink-0">
          <RenameButton category={category} others={others} />
          <RemoveButton category={category} />
        </span>
      )}
    </div>
  );
}

function RenameButton({ category, others }: { category: Category; others: readonly string[] }) {
  const t = useTranslations("catalog");
  const { name, onSale, away } = category;
  const { draft, set, run, failure, errorOf, dialog } = useFormDialog(() => ({ to: name }), renameCategory, {
    said: t("renamed"),
  });
  const { to } = draft;
  const merged = others.find((one) => one.toLowerCase() === to.trim().toLowerCase());
  return (
    <FormDialog
      {...dialog}
      trigger={
        <IconButton label={t("rename", { name })}>
          <Pencil aria-hidden="true" />
        </IconButton>
      }
      title={t("renameTitle")}
      description={t("renameText", { count: onSale + away })}
      onSave={() => run({ name, to })}
    >
      <Field
        label={t("name")}
        hint={merged === undefined ? undefined : t("merges", { name: merged })}
        error={errorOf("to")}
      >
        <Input
          value={to}
          maxLength={CATEGORY_NAME_MAX}
          autoComplete="off"
          onChange={(event) => set("to", event.target.value)}
        />
      </Field>
      {failure?.code === "in_use" && <p className="text-sm text-muted">{t("named")}</p>}
    </FormDialog>
  );
}

function RemoveButton({ category: { name, onSale, away } }: { category: Category }) {
  const t = useTranslations("catalog");
  const { run, isPending, failure, forget } = useAct(removeCategory, { said: t("categoryDeleted") });
  return (
    <AskDialog
      label={t("deleteCategory", { name })}
      icon={<X aria-hidden="true" />}
      title={t("deleteCategoryTitle", { name })}
      text={t("deleteCategoryText", { count: onSale + away })}
      act={t("deleteCategoryAct")}
      isDanger
      isPending={isPending}
      failure={failure}
      onOpen={forget}
      onConfirm={() => run({ name })}
    />
  );
}
