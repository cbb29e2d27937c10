"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Vocabulary } from "@/lib/journeys";
import { EVENTS, type PropertyKind } from "@/lib/journeys/model";
import type { EventMatch, Filter } from "@/lib/journeys/schema";
import { useSay } from "./reader";
import { type Choice, NumberInput, OpPick, Pick } from "./small-fields";

/** An event and what must hold of it. */
export function MatchFields({
  match,
  words,
  onChange,
}: {
  match: EventMatch;
  words: Vocabulary;
  onChange: (match: EventMatch) => void;
}) {
  const t = useTranslations("journeys.field");
  const say = useSay("journeys.read");
  const properties = EVENTS.find((event) => event.type === match.type)?.properties ?? {};
  const [first] = Object.entries(properties);
  const set = (index: number, filter: Filter) =>
    onChange({ ...match, where: match.where.with(index, filter) });
  return (
    <div className="grid gap-3">
      <Pick
        label={t("event")}
        value={match.type}
        options={EVENTS.map(({ type }) => ({ value: type, label: say(`event.${type}`) }))}
        onChange={(type) => onChange({ type, where: [] })}
      />
      {match.where.map((filter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: filters have no names of their own
        <div key={index} className="@container flex items-end gap-2 rounded-lg bg-sunken p-3">
          <div className="grid min-w-0 flex-1 gap-3 @lg:grid-cols-3">
            <Pick
              label={t("property")}
              value={filter.property}
              options={Object.keys(properties).map((name) => ({
                value: name,
                label: say(`property.${name}`),
              }))}
              onChange={(property) => set(index, startOf(property, properties[property] ?? "text", words))}
            />
            {properties[filter.property] !== "yes" && (
              <OpPick
                op={filter.op}
                ops={isNumber(properties[filter.property]) ? ["at_least", "at_most"] : ["is", "is_not"]}
                onChange={(op) => set(index, { ...filter, op })}
              />
            )}
            <ValueField
              filter={filter}
              kind={properties[filter.property] ?? "text"}
              words={words}
              onChange={(next) => set(index, next)}
            />
          </div>
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={t("removeFilter")}
            onClick={() => onChange({ ...match, where: match.where.toSpliced(index, 1) })}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {first && match.where.length < 10 && (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange({ ...match, where: [...match.where, startOf(first[0], first[1], words)] })}
        >
          <Plus aria-hidden="true" />
          {t("addFilter")}
        </Button>
      )}
    </div>
  );
}

const isNumber = (kind: PropertyKind | undefined) =>
  kind === "money" || kind === "points" || kind === "number";

/** A filter on a property as it begins. */
function startOf(property: string, kind: PropertyKind, words: Vocabulary): Filter {
  if (isNumber(kind)) return { property, op: "at_least", value: kind === "number" ? 1 : 10_000 };
  if (kind === "yes") return { property, op: "is", value: true };
  const lists = { item: words.items[0]?.id, tier: words.tiers[0]?.id, category: words.categories[0] };
  const first = kind === "item" || kind === "tier" || kind === "category" ? lists[kind] : "";
  return { property, op: "is", value: first ?? "" };
}

function ValueField({
  filter,
  kind,
  words,
  onChange,
}: {
  filter: Filter;
  kind: PropertyKind;
  words: Vocabulary;
  onChange: (filter: Filter) => void;
}) {
  const t = useTranslations("journeys.field");
  const value = (next: Filter["value"]) => onChange({ ...filter, value: next });
  if (kind === "yes") {
    const options: Choice<"yes" | "no">[] = [
      { value: "yes", label: t("yes") },
      { value: "no", label: t("no") },
    ];
    return (
      <Pick
        label={t("value")}
        value={filter.value === true ? "yes" : "no"}
        options={options}
        onChange={(next) => value(next === "yes")}
      />
    );
  }
  if (isNumber(kind)) {
    const unit = kind === "number" ? 1 : 100;
    return (
      <NumberInput
        label={t("value")}
        value={Number(filter.value) / unit}
        max={10_000_000}
        onChange={(next) => value(Math.round(next * unit))}
      />
    );
  }
  const named =
    kind === "item"
      ? words.items
      : kind === "tier"
        ? words.tiers
        : kind === "category"
          ? words.categories.map((id) => ({ id, name: id }))
          : undefined;
  if (named)
    return (
      <Pick
        label={t("value")}
        value={String(filter.value)}
        empty={t("choose")}
        options={named.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={value}
      />
    );
  return (
    <Field label={t("value")}>
      <Input
        value={String(filter.value)}
        maxLength={200}
        onChange={(event) => value(event.currentTarget.value)}
      />
    </Field>
  );
}
