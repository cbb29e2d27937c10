"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Item } from "@/lib/catalog";
import { keepItem } from "@/lib/catalog/actions";
import { ITEM_KINDS, ITEM_NAME_MAX, type ItemKind } from "@/lib/catalog/model";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { CategoryField } from "./category-field";

type Draft = { name: string; kind: ItemKind; category: string; priceMinor: bigint | null | undefined };

/** Adds an item to the catalogue or changes one. `preset`: where a new one begins. */
export function ItemDialog({
  item,
  preset,
  categories,
  currency,
  trigger,
}: {
  item?: Item;
  preset?: { readonly kind: ItemKind; readonly category: string };
  categories: readonly string[];
  currency: string;
  trigger: ReactNode;
}) {
  const t = useTranslations("catalog");
  const common = useTranslations("common");
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): Draft => ({
      name: item?.name ?? "",
      kind: item?.kind ?? preset?.kind ?? "service",
      category: item?.category ?? preset?.category ?? "",
      priceMinor: item?.priceMinor,
    }),
    keepItem,
    { said: t("saved") },
  );
  return (
    <FormDialog
      {...dialog}
      trigger={trigger}
      title={t(item ? "editTitle" : "addTitle")}
      onSave={() => {
        const { name, kind, priceMinor } = draft;
        const category = draft.category.trim() || null;
        run({ id: item?.id ?? null, name, kind, category, priceMinor: priceMinor ?? 0n });
      }}
    >
      <Field label={t("name")} error={errorOf("name")}>
        <Input
          value={draft.name}
          maxLength={ITEM_NAME_MAX}
          placeholder={t("namePlaceholder")}
          autoComplete="off"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <Segmented
        name="kind"
        legend={t("kind.label")}
        value={draft.kind}
        onValueChange={(kind) => set("kind", kind)}
        options={ITEM_KINDS.map((kind) => ({ value: kind, label: t(`one.${kind}`) }))}
        className="justify-self-start"
      />
      <CategoryField
        label={t("category")}
        hint={t("categoryHint")}
        optional={common("optional")}
        error={errorOf("category")}
        value={draft.category}
        onValue={(category) => set("category", category)}
        categories={categories}
      />
      <NumberField
        label={t("price")}
        hint={t("priceHint")}
        error={t("priceError")}
        value={draft.priceMinor ?? null}
        onValue={(priceMinor) => set("priceMinor", priceMinor)}
        unit={currency}
      />
    </FormDialog>
  );
}
