"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { keepStamps } from "@/lib/program/actions";
import type { RewardColor, RewardIcon, StampProgramme } from "@/lib/program/model";
import { CategoryField } from "../catalog/category-field";
import type { Choice } from "../office/choices";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { NumberField } from "../office/number-field";
import { PickMany } from "../office/pick-many";
import { Segmented } from "../ui/segmented";
import { LookFields } from "./look-fields";
import { NameField } from "./name-field";
import type { Named } from "./reward-dialog";
import { RewardSelect } from "./reward-select";

type Typed = bigint | null | undefined;
type Draft = {
  name: string;
  icon: RewardIcon;
  color: RewardColor;
  counts: "visit" | "line";
  category: string;
  itemIds: string[];
  minTotalMinor: Typed;
  needed: Typed;
  rewardId: string;
};

/** Makes or changes a stamp programme. */
export function StampsDialog({
  programme,
  rewards,
  categories,
  items,
  currency,
  trigger,
}: {
  programme?: StampProgramme;
  rewards: readonly Named[];
  /** Of the catalogue. */
  categories: readonly string[];
  /** Of the catalogue, those not sold any more too. */
  items: readonly Choice[];
  currency: string;
  trigger: ReactNode;
}) {
  const t = useTranslations("rewards.stamps");
  const common = useTranslations("common");
  const { draft, set, run, errorOf, dialog } = useFormDialog(
    (): Draft => ({
      name: programme?.name ?? "",
      icon: programme?.icon ?? "coffee",
      color: programme?.color ?? "amber",
      counts: programme?.counts ?? "visit",
      category: programme?.category ?? "",
      itemIds: programme?.itemIds.map(String) ?? [],
      minTotalMinor: programme?.minTotalMinor || null,
      needed: BigInt(programme?.needed ?? 10),
      rewardId: programme?.rewardId.toString() ?? rewards[0]?.id.toString() ?? "",
    }),
    keepStamps,
    { said: t("saved") },
  );
  const isStrange = draft.category.trim() !== "" && !categories.includes(draft.category.trim());
  const save = () => {
    const { needed, minTotalMinor, rewardId, category, itemIds, ...plain } = draft;
    if (typeof needed !== "bigint" || minTotalMinor === undefined || rewardId === "") return;
    run({
      ...plain,
      id: programme?.id ?? null,
      category: category.trim() === "" ? null : category.trim(),
      itemIds: itemIds.map(BigInt),
      minTotalMinor: minTotalMinor ?? 0n,
      needed: Number(needed),
      rewardId: BigInt(rewardId),
    });
  };
  return (
    <FormDialog {...dialog} trigger={trigger} title={t(programme ? "edit" : "add")} onSave={save}>
      <NameField
        label={t("name")}
        hint={t("nameHint")}
        error={errorOf("name")}
        max={60}
        value={draft.name}
        onValue={(name) => set("name", name)}
      />
      <LookFields
        icon={draft.icon}
        color={draft.color}
        onIcon={(icon) => set("icon", icon)}
        onColor={(color) => set("color", color)}
      />
      <NumberField
        label={t("needed")}
        hint={t("neededHint")}
        error={t("neededError")}
        value={draft.needed ?? null}
        onValue={(value) => set("needed", value ?? undefined)}
        whole
        isRequired
        min={2n}
        max={100n}
      />
      <RewardSelect
        label={t("reward")}
        rewards={rewards}
        value={draft.rewardId}
        onValue={(id) => set("rewardId", id)}
      />
      <div>
        <p className="mb-1.5 text-sm font-medium">{t("counts")}</p>
        <Segmented
          name="counts"
          legend={t("counts")}
          value={draft.counts}
          onValueChange={(counts) => set("counts", counts)}
          options={[
            { value: "visit", label: t("perVisit") },
            { value: "line", label: t("perLine") },
          ]}
        />
        <p className="mt-1.5 text-sm text-faint">
          {t(draft.counts === "visit" ? "perVisitHint" : "perLineHint")}
        </p>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CategoryField
          label={t("category")}
          hint={isStrange ? t("categoryStrange") : t("categoryHint")}
          error={errorOf("category")}
          {...((draft.counts === "visit" || draft.itemIds.length > 0) && { optional: common("optional") })}
          value={draft.category}
          onValue={(category) => set("category", category)}
          categories={categories}
        />
        <NumberField
          label={t("minTotal")}
          error={t("minTotalError")}
          optional={common("optional")}
          value={draft.minTotalMinor ?? null}
          onValue={(value) => set("minTotalMinor", value)}
          unit={currency}
        />
      </div>
      {items.length > 0 && (
        <PickMany
          label={t("items")}
          hint={t("itemsHint")}
          optional={common("optional")}
          error={errorOf("itemIds")}
          options={items}
          values={draft.itemIds}
          onPick={(itemIds) => set("itemIds", itemIds)}
        />
      )}
    </FormDialog>
  );
}
