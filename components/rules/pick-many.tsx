"use client";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type Choice, offeredOf } from "./words";

const SHOWN_MAX = 200;
const SEARCH_FROM = 8;

/** Several of a list, behind a button that says which. */
export function PickMany({
  label,
  options,
  values,
  error,
  onPick,
}: {
  label: string;
  options: readonly Choice[];
  values: readonly string[];
  error?: string | undefined;
  onPick: (values: string[]) => void;
}) {
  const t = useTranslations("rules.edit");
  const [search, setSearch] = useState("");
  const names = values.map((value) => options.find((one) => String(one.value) === value)?.name ?? value);
  const offered = offeredOf(options, values);
  const shown = offered.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <Popover>
      <Field label={label} error={error}>
        <PickTrigger text={names.join(", ")} empty={t("pick")} />
      </Field>
      <PopoverContent aria-label={label} align="start" className="grid max-h-80 gap-1 overflow-y-auto">
        {offered.length > SEARCH_FROM && (
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
            checked={values.includes(String(value))}
            onChange={(event) =>
              onPick(
                event.target.checked
                  ? [...values, String(value)]
                  : values.filter((one) => one !== String(value)),
              )
            }
          />
        ))}
      </PopoverContent>
    </Popover>
  );
}

function PickTrigger({ text, empty, ...wired }: { text: string; empty: string; id?: string }) {
  return (
    <PopoverTrigger {...wired} className="input flex w-full items-center justify-between gap-2 text-left">
      <span className={text === "" ? "truncate text-faint" : "truncate"}>{text || empty}</span>
      <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </PopoverTrigger>
  );
}
