"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Vocabulary } from "@/lib/journeys";
import { readSchedule } from "@/lib/journeys/model";
import type { Schedule, Trigger } from "@/lib/journeys/schema";
import { useReader, useSay } from "./reader";
import { NumberInput, Pick } from "./small-fields";

type Scheduled = Extract<Trigger, { kind: "schedule" }>;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** Whom, and when, with the time read back as a sentence. */
export function ScheduleFields({
  trigger,
  words,
  isOnce = false,
  onChange,
}: {
  trigger: Scheduled;
  words: Vocabulary;
  /** A campaign is sent once. */
  isOnce?: boolean;
  onChange: (trigger: Scheduled) => void;
}) {
  const t = useTranslations("journeys.field");
  const say = useSay("journeys.read");
  const reader = useReader(words);
  const { schedule, audience } = trigger;
  const set = (next: Schedule) => onChange({ ...trigger, schedule: next });
  const time = schedule.kind === "now" ? "11:00" : schedule.time;
  const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const kinds = (isOnce ? (["now", "once"] as const) : (["now", "once", "weekly", "monthly"] as const)).map(
    (kind) => ({ value: kind, label: t(kind) }),
  );
  const begin = (kind: Schedule["kind"]): Schedule => {
    if (kind === "once") return { kind, day: tomorrow(), time };
    if (kind === "weekly") return { kind, weekdays: [1], time };
    return kind === "monthly" ? { kind, dayOfMonth: 1, time } : { kind: "now" };
  };
  const people = [
    { value: "all", label: t("everybody") },
    ...words.segments.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className="grid gap-4">
      <Pick
        label={t("audience")}
        value={audience.kind === "all" ? "all" : audience.segmentId}
        options={people}
        onChange={(who) =>
          onChange({
            ...trigger,
            audience: who === "all" ? { kind: "all" } : { kind: "segment", segmentId: who },
          })
        }
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Pick
          label={t("schedule")}
          value={schedule.kind}
          options={kinds}
          onChange={(kind) => set(begin(kind))}
        />
        {schedule.kind !== "now" && (
          <Field label={t("time")}>
            <Input
              type="time"
              required
              value={schedule.time}
              onChange={(event) =>
                event.currentTarget.value && set({ ...schedule, time: event.currentTarget.value })
              }
            />
          </Field>
        )}
        {schedule.kind === "once" && (
          <Field label={t("day")}>
            <Input
              type="date"
              required
              value={schedule.day}
              onChange={(event) =>
                event.currentTarget.value && set({ ...schedule, day: event.currentTarget.value })
              }
            />
          </Field>
        )}
        {schedule.kind === "monthly" && (
          <NumberInput
            label={t("dayOfMonth")}
            value={schedule.dayOfMonth}
            min={1}
            max={31}
            onChange={(day) => set({ ...schedule, dayOfMonth: Math.round(day) })}
          />
        )}
      </div>
      {schedule.kind === "weekly" && (
        <div className="flex flex-wrap gap-x-4">
          {WEEK.map((day) => (
            <Checkbox
              key={day}
              label={say(`weekday.${day}`)}
              checked={schedule.weekdays.includes(day)}
              onChange={(event) => {
                const isOn = event.currentTarget.checked;
                const weekdays = WEEK.filter((one) => (one === day ? isOn : schedule.weekdays.includes(one)));
                if (weekdays.length > 0) set({ ...schedule, weekdays: [...weekdays] });
              }}
            />
          ))}
        </div>
      )}
      <p className="text-sm text-muted first-letter:uppercase">{readSchedule(schedule, reader)}</p>
    </div>
  );
}
