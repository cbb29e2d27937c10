"use client";
import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { ITEM_KINDS } from "@/lib/catalog/model";
import { SearchBox } from "../office/search-box";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";

/** Narrows the catalogue; each choice is part of the address. */
export function CatalogueFilters({
  kind,
  category,
  away,
  awayCount,
  categories,
}: {
  kind: string;
  category: string;
  away: boolean;
  awayCount: number;
  categories: readonly string[];
}) {
  const t = useTranslations("catalog");
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [, start] = useTransition();
  const go = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    next.delete("cursor");
    if (value) next.set(name, value);
    else next.delete(name);
    start(() => router.replace(`${pathname}?${next}` as Route, { scroll: false }));
  };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <SearchBox label={t("search")} placeholder={t("searchHint")} className="w-full sm:w-72" />
      <Segmented
        name="shown-kind"
        legend={t("kind.label")}
        value={kind}
        onValueChange={(value) => go("kind", value)}
        options={[
          { value: "", label: t("kind.all") },
          ...ITEM_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ]}
        className="max-sm:w-full"
      />
      {categories.length > 0 && (
        <Select
          aria-label={t("category")}
          value={category}
          className="min-w-44 flex-1 sm:max-w-64"
          onChange={(event) => go("category", event.target.value)}
        >
          <option value="">{t("allCategories")}</option>
          {categories.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {(awayCount > 0 || away) && (
        <Segmented
          name="shown"
          legend={t("shown.label")}
          value={away ? "1" : ""}
          onValueChange={(value) => go("away", value)}
          options={[
            { value: "", label: t("shown.onSale") },
            { value: "1", label: t("shown.away", { count: awayCount }) },
          ]}
          className="max-sm:w-full"
        />
      )}
    </div>
  );
}
