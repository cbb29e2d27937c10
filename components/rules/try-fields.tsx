"use client";
import { useLocale, useTranslations } from "next-intl";
import { AmountInput } from "@/components/ui/amount-input";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { TrialInput } from "@/lib/sales/schema";
import { useEditing } from "./edit-context";
import { TimeField } from "./fields";

export type TryPart = { bill: TrialInput; set: (part: Partial<TrialInput>) => void };

/** What one line costs. */
export function TryLineAmount({
  label,
  value,
  onAmount,
}: {
  label: string;
  value: bigint;
  onAmount: (amount: bigint) => void;
}) {
  const { unit } = useEditing();
  return (
    <span className="w-32 shrink-0">
      <AmountInput
        locale={useLocale()}
        aria-label={label}
        unit={unit}
        defaultValue={value}
        onAmount={(amount) => amount !== null && amount > 0n && onAmount(amount)}
      />
    </span>
  );
}

/** When and where it is bought. */
export function TryMoment({ bill, set }: TryPart) {
  const t = useTranslations("rules.try");
  const { body, words } = useEditing();
  const places = words.lists.location;
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label={t("day")}>
          <Input
            type="date"
            value={bill.day}
            onChange={(event) => event.target.value !== "" && set({ day: event.target.value })}
          />
        </Field>
        <TimeField label={t("time")} minute={bill.minute} onMinute={(minute) => set({ minute })} />
      </div>
      {places.length > 0 && (
        <Field label={t("place")}>
          <Select
            value={String(bill.locationId ?? "")}
            onChange={({ target }) => set({ locationId: target.value === "" ? null : BigInt(target.value) })}
          >
            <option value="">{t("anyPlace")}</option>
            {places.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div>
        <Checkbox
          label={t("prepaid")}
          checked={bill.isPrepaid}
          onChange={(event) => set({ isPrepaid: event.target.checked })}
        />
        {body.when.isHeld && (
          <Checkbox
            label={t("held")}
            checked={bill.isHeld}
            onChange={(event) => set({ isHeld: event.target.checked })}
          />
        )}
      </div>
    </div>
  );
}
