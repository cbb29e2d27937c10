"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import type { Goods, When } from "@/lib/program/model";
import { PickMany } from "../office/pick-many";
import type { RowKey } from "./conditions";
import { useEditing } from "./edit-context";
import { DateField, RuleNumber } from "./fields";
import { HoursFields } from "./hours-fields";
import { YearlyFields } from "./yearly-fields";

/** What one condition asks, to be changed. */
export function ConditionFields({ row }: { row: RowKey }) {
  const t = useTranslations("rules.edit");
  const { body, ask, unit } = useEditing();
  const { when } = body;
  switch (row) {
    case "goods":
      return when.goods && <GoodsFields goods={when.goods} />;
    case "locations":
    case "tiers":
    case "segments":
    case "tags":
      return <NamedFields row={row} />;
    case "hours":
      return <HoursFields />;
    case "yearly":
      return <YearlyFields />;
    case "dates":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <DateField
            label={t("from")}
            value={when.dates?.from ?? null}
            onDay={(from) => ask({ dates: { from, to: when.dates?.to ?? null } })}
          />
          <DateField
            label={t("to")}
            value={when.dates?.to ?? null}
            onDay={(to) => ask({ dates: { from: when.dates?.from ?? null, to } })}
          />
        </div>
      );
    case "minBillMinor":
      return (
        <RuleNumber
          field="minBillMinor"
          label={t("minBill")}
          unit={unit}
          value={when.minBillMinor}
          onValue={(minBillMinor) => ask({ minBillMinor })}
        />
      );
    case "birthday":
    case "anniversary":
      return <AroundFields row={row} />;
    case "first":
    case "visit":
      return <VisitFields row={row} />;
    case "isPrepaid":
    case "isHeld":
      return <p className="text-sm text-muted">{t(`about.${row}`)}</p>;
  }
}

function GoodsFields({ goods }: { goods: Goods }) {
  const t = useTranslations("rules.edit");
  const { ask, words, missing } = useEditing();
  const set = (part: Partial<Goods>) => ask({ goods: { ...goods, ...part } });
  const error = missing.includes("goods") ? t("chooseOne") : undefined;
  return (
    <div className="grid gap-4">
      <Segmented
        name="goods"
        legend={t("goodsHow")}
        value={goods.isExcept ? "except" : "these"}
        onValueChange={(how) => set({ isExcept: how === "except" })}
        options={[
          { value: "these", label: t("goodsThese") },
          { value: "except", label: t("goodsExcept") },
        ]}
        className="justify-self-start"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <PickMany
          label={t("row.categories")}
          options={words.lists.category}
          values={goods.categories}
          error={error}
          onPick={(categories) => set({ categories })}
        />
        <PickMany
          label={t("row.items")}
          options={words.lists.item}
          values={goods.items.map(String)}
          onPick={(items) => set({ items: items.map(BigInt) })}
        />
      </div>
    </div>
  );
}

function NamedFields({ row }: { row: "locations" | "tiers" | "segments" | "tags" }) {
  const t = useTranslations("rules.edit");
  const { body, ask, words, missing } = useEditing();
  const list = { locations: "location", tiers: "tier", segments: "segment", tags: "tags" } as const;
  const asked = (values: string[]): Partial<When> =>
    row === "tiers" ? { tiers: values } : { [row]: values.map(BigInt) };
  return (
    <PickMany
      label={t("anyOf")}
      options={words.lists[list[row]]}
      values={(body.when[row] ?? []).map(String)}
      error={missing.includes(row) ? t("chooseOne") : undefined}
      onPick={(values) => ask(asked(values))}
    />
  );
}

function AroundFields({ row }: { row: "birthday" | "anniversary" }) {
  const t = useTranslations("rules.edit");
  const { body, ask } = useEditing();
  const around = body.when[row];
  if (!around) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(["before", "after"] as const).map((side) => (
        <RuleNumber
          key={side}
          field={`${row}.${side}`}
          label={t(side)}
          whole
          min={0n}
          max={60n}
          value={BigInt(around[side])}
          onValue={(days) => days !== null && ask({ [row]: { ...around, [side]: Number(days) } })}
        />
      ))}
    </div>
  );
}

function VisitFields({ row }: { row: "first" | "visit" }) {
  const t = useTranslations("rules.edit");
  const { body, ask } = useEditing();
  const { first, visit } = body.when;
  if (row === "first" && first)
    return (
      <Segmented
        name="first"
        legend={t("row.first")}
        value={first}
        onValueChange={(of) => ask({ first: of })}
        options={(["day", "month", "ever"] as const).map((of) => ({ value: of, label: t(`firstOf.${of}`) }))}
      />
    );
  if (!visit) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("visitHow")}>
        <Select
          value={visit.is}
          onChange={(event) => {
            const is = (["every", "exactly", "atLeast"] as const).find((one) => one === event.target.value);
            if (is) ask({ visit: { ...visit, is } });
          }}
        >
          {(["every", "exactly", "atLeast"] as const).map((is) => (
            <option key={is} value={is}>
              {t(`visitIs.${is}`)}
            </option>
          ))}
        </Select>
      </Field>
      <RuleNumber
        field="visit.n"
        label={t("visitNumber")}
        whole
        max={100_000n}
        value={BigInt(visit.n)}
        onValue={(n) => n !== null && ask({ visit: { ...visit, n: Number(n) } })}
      />
    </div>
  );
}

/** Weekdays to tick, in a row. */
export function Weekdays({
  label,
  days,
  names,
  onDays,
}: {
  label: string;
  days: readonly number[];
  names: readonly string[];
  onDays: (days: number[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {names.map((name, index) => (
          <Checkbox
            key={name}
            label={name}
            checked={days.includes(index + 1)}
            onChange={(event) =>
              onDays(
                event.target.checked
                  ? [...days, index + 1].toSorted((a, b) => a - b)
                  : days.filter((day) => day !== index + 1),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
