"use client";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type Choice, namesOf, offeredOf } from "./choices";

const SHOWN_MAX = 200;
const SEARCH_FROM = 8;

type Value = Choice["value"];
type Picking<V extends Value> = {
  readonly label: string;
  readonly options: readonly Choice[];
  readonly values: readonly V[];
  readonly onPick: (values: V[]) => void;
};

/** Several of a list, behind a button that says which. */
export function PickMany({
  label,
  options,
  values,
  hint,
  optional,
  error,
  onPick,
}: Picking<string> & { hint?: string; optional?: string; error?: string | undefined }) {
  const t = useTranslations("common.pick");
  return (
    <Popover>
      <Field label={label} error={error} hint={hint} {...(optional !== undefined && { optional })}>
        <PickTrigger text={namesOf(options, values)} empty={t("choose")} className="w-full" />
      </Field>
      <PickList
        label={label}
        options={offeredOf(options, values)}
        values={values}
        onPick={(next) => onPick(next.map(String))}
      />
    </Popover>
  );
}

function PickTrigger({
  text,
  empty,
  className,
  ...wired
}: {
  text: string;
  empty: string;
  className: string;
  id?: string;
  "aria-label"?: string;
}) {
  return (
    <PopoverTrigger
      {...wired}
      className={`input flex items-center justify-between gap-2 text-left ${className}`}
    >
      <span className={text === "" ? "truncate text-faint" : "truncate"}>{text || empty}</span>
      <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </PopoverTrigger>
  );
}

/** The same within a sentence, where the label is not seen and one stays chosen. */
export function PickManyInline({ onPick, ...picking }: Picking<Value>) {
  const t = useTranslations("common.pick");
  return (
    <Popover>
      <PickTrigger
        text={namesOf(picking.options, picking.values)}
        empty={t("choose")}
        aria-label={picking.label}
        className="max-w-full sm:w-64"
      />
      <PickList {...picking} onPick={(next) => next.length > 0 && onPick(next)} />
    </Popover>
  );
}

function PickList({ label, options, values, onPick }: Picking<Value>) {
  const t = useTranslations("common.pick");
  const [search, setSearch] = useState("");
  const shown = options.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <PopoverContent aria-label={label} align="start" className="grid max-h-80 gap-1 overflow-y-auto">
      {options.length > SEARCH_FROM && (
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {shown.length === 0 && <p className="text-sm text-muted">{t("nothing")}</p>}
      {shown.slice(0, SHOWN_MAX).map(({ value, name }) => (
        <Checkbox
          key={value}
          label={<span className="wrap-anywhere">{name}</span>}
          checked={values.some((one) => String(one) === String(value))}
          onChange={(event) =>
            onPick(
              event.target.checked
                ? [...values, value]
                : values.filter((one) => String(one) !== String(value)),
            )
          }
        />
      ))}
    </PopoverContent>
  );
}
