"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { VARIABLES, type Wording } from "@/lib/messaging/model";

/** A word for each variable in use that may be empty for somebody. */
export function Fallbacks({
  wording,
  legend,
  labelOf,
  onChange,
}: {
  wording: Wording;
  legend: string;
  labelOf: (name: string) => string;
  onChange: (fallbacks: Record<string, string>) => void;
}) {
  const text = Object.values(wording)
    .filter((value) => typeof value === "string")
    .join(" ");
  const empty = Object.keys(VARIABLES).filter(
    (name) => VARIABLES[name]?.mayBeEmpty && text.includes(`{${name}}`),
  );
  if (empty.length === 0) return null;
  return (
    <fieldset className="rounded-lg bg-sunken p-4">
      <legend className="float-left mb-2 w-full text-sm font-medium">{legend}</legend>
      <div className="clear-both grid gap-3 sm:grid-cols-2">
        {empty.map((name) => (
          <Field key={name} label={labelOf(name)}>
            <Input
              value={wording.fallbacks?.[name] ?? ""}
              maxLength={100}
              onChange={(event) => onChange({ ...wording.fallbacks, [name]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
