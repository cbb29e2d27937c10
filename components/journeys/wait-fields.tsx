"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { UNITS } from "@/lib/journeys/model";
import type { Duration, Until } from "@/lib/journeys/schema";
import { useSay } from "./reader";
import { NumberInput, Pick } from "./small-fields";

/** How long something lasts. */
export function DurationFields({
  label,
  duration,
  onChange,
}: {
  label: string;
  duration: Duration;
  onChange: (duration: Duration) => void;
}) {
  const t = useTranslations("journeys");
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberInput
        label={label}
        value={duration.amount}
        min={1}
        max={1_000}
        onChange={(amount) => onChange({ ...duration, amount: Math.round(amount) })}
      />
      <Pick
        label={t("field.unit")}
        value={duration.unit}
        options={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
        onChange={(unit) => onChange({ ...duration, unit })}
      />
    </div>
  );
}

const START: { readonly [Kind in Until["kind"]]: Extract<Until, { kind: Kind }> } = {
  duration: { kind: "duration", duration: { amount: 1, unit: "days" } },
  hour: { kind: "hour", hour: 11, weekdays: [] },
  date: { kind: "date", day: "", time: "11:00" },
  birthday: { kind: "birthday", offsetDays: 0, hour: 10 },
};

/** What a wait waits for. */
export function UntilFields({ until, onChange }: { until: Until; onChange: (until: Until) => void }) {
  const t = useTranslations("journeys.field");
  const kinds = [
    { value: "duration", label: t("untilDuration") },
    { value: "hour", label: t("untilHour") },
    { value: "date", label: t("untilDate") },
    { value: "birthday", label: t("untilBirthday") },
  ] as const;
  const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return (
    <div className="grid gap-4">
      <Pick
        label={t("until")}
        value={until.kind}
        options={kinds}
        onChange={(kind) => onChange(kind === "date" ? { ...START.date, day: tomorrow() } : START[kind])}
      />
      {until.kind === "duration" && (
        <DurationFields
          label={t("amount")}
          duration={until.duration}
          onChange={(duration) => onChange({ ...until, duration })}
        />
      )}
      {(until.kind === "hour" || until.kind === "birthday") && (
        <NumberInput
          label={t("hour")}
          value={until.hour}
          max={23}
          onChange={(hour) => onChange({ ...until, hour: Math.round(hour) })}
        />
      )}
      {until.kind === "hour" && (
        <Weekdays chosen={until.weekdays} onChange={(weekdays) => onChange({ ...until, weekdays })} />
      )}
      {until.kind === "birthday" && (
        <NumberInput
          label={t("offset")}
          value={until.offsetDays}
          min={-60}
          max={60}
          onChange={(days) => onChange({ ...until, offsetDays: Math.round(days) })}
        />
      )}
      {until.kind === "date" && (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("day")}>
            <Input
              type="date"
              required
              value={until.day}
              onChange={(event) =>
                event.currentTarget.value && onChange({ ...until, day: event.currentTarget.value })
              }
            />
          </Field>
          <Field label={t("time")}>
            <Input
              type="time"
              required
              value={until.time}
              onChange={(event) =>
                event.currentTarget.value && onChange({ ...until, time: event.currentTarget.value })
              }
            />
          </Field>
        </div>
      )}
    </div>
  );
}

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** On which days of the week the hour may be; none chosen is any. */
function Weekdays({
  chosen,
  onChange,
}: {
  chosen: readonly number[];
  onChange: (weekdays: number[]) => void;
}) {
  const t = useTranslations("journeys.field");
  const say = useSay("journeys.read");
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t("weekdays")}</legend>
      <div className="flex flex-wrap gap-x-4">
        {WEEK.map((day) => (
          <Checkbox
            key={day}
            label={say(`weekday.${day}`)}
            checked={chosen.includes(day)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onChange(WEEK.filter((one) => (one === day ? isOn : chosen.includes(one))));
            }}
          />
        ))}
      </div>
      {chosen.length === 0 && <p className="text-sm text-faint">{t("anyDay")}</p>}
    </fieldset>
  );
}
