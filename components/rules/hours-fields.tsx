"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Hours } from "@/lib/program/model";
import { Weekdays } from "./condition-fields";
import { useEditing } from "./edit-context";
import { TimeField } from "./fields";
import { weekdayName } from "./words";

const HOURS_MAX = 14;

/** Hours of weekdays, as many spans as there are in a week. */
export function HoursFields() {
  const t = useTranslations("rules.edit");
  const { body, ask, words, missing } = useEditing();
  const spans = body.when.hours ?? [];
  const names = [1, 2, 3, 4, 5, 6, 7].map((day) => weekdayName(day, words.f));
  const put = (at: number, part: Partial<Hours>) =>
    ask({ hours: spans.map((span, index) => (index === at ? { ...span, ...part } : span)) });
  return (
    <div className="grid gap-5">
      {spans.map((span, index) => (
        // Spans have no name of their own; their place is what they are known by.
        // oxlint-disable-next-line react/no-array-index-key -- spans have no names of their own
        <div key={index} className="flex items-start gap-2">
          <div className="grid min-w-0 flex-1 gap-3">
            <Weekdays
              label={t("weekdays")}
              days={span.weekdays}
              names={names}
              onDays={(weekdays) => put(index, { weekdays })}
            />
            <div className="grid max-w-80 grid-cols-2 gap-4">
              <TimeField label={t("hourFrom")} minute={span.from} onMinute={(from) => put(index, { from })} />
              <TimeField
                label={t("hourTo")}
                minute={span.to}
                onMinute={(to) => put(index, { to: to === 0 ? 1_440 : to })}
              />
            </div>
            {span.to <= span.from && <p className="text-sm text-faint">{t("overnight")}</p>}
          </div>
          {spans.length > 1 && (
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={t("removeHours")}
              onClick={() => ask({ hours: spans.filter((_, at) => at !== index) })}
            >
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      {missing.includes("hours") && <p className="text-sm text-danger">{t("hoursWrong")}</p>}
      {spans.length < HOURS_MAX && (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => ask({ hours: [...spans, { weekdays: [6, 7], from: 600, to: 1_080 }] })}
        >
          <Plus aria-hidden="true" />
          {t("addHours")}
        </Button>
      )}
    </div>
  );
}
