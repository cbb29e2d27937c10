"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useEditing } from "./edit-context";

const two = (value: number) => String(value).padStart(2, "0");
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS = MONTH_DAYS.flatMap((days, month) =>
  Array.from({ length: days }, (_, day) => `${two(month + 1)}-${two(day + 1)}`),
);

/** Days of every year, from and to. */
export function YearlyFields() {
  const t = useTranslations("rules.edit");
  const { body, ask, words } = useEditing();
  const { yearly } = body.when;
  if (!yearly) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(["from", "to"] as const).map((side) => (
        <Field key={side} label={t(side)}>
          <Select
            value={yearly[side]}
            onChange={(event) => ask({ yearly: { ...yearly, [side]: event.target.value } })}
          >
            {DAYS.map((day) => (
              <option key={day} value={day}>
                {words.f.calendar(`2024-${day}`, "dayLong")}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </div>
  );
}
