"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import type { Vocabulary } from "@/lib/journeys";
import { TRIGGERS_MAX } from "@/lib/journeys/model";
import type { Definition, Trigger } from "@/lib/journeys/schema";
import { MatchFields } from "./match-fields";
import { PredicateFields } from "./predicate-fields";
import { ScheduleFields } from "./schedule-fields";
import { NumberInput, Pick } from "./small-fields";

type Head = { definition: Definition; words: Vocabulary; onChange: (definition: Definition) => void };

const START: { readonly [Kind in Trigger["kind"]]: Extract<Trigger, { kind: Kind }> } = {
  event: { kind: "event", match: { type: "purchase.recorded", where: [] } },
  segment: { kind: "segment", segmentId: "1", on: "entered" },
  date: { kind: "date", date: "birthday", offsetDays: 0, hour: 10 },
  expiring: { kind: "expiring", days: 7, hour: 11, leastPoints: 5_000 },
  schedule: {
    kind: "schedule",
    schedule: { kind: "weekly", weekdays: [1], time: "11:00" },
    audience: { kind: "all" },
  },
  api: { kind: "api" },
};

const API = "/api/pos/v1/journeys/{id}/entries";

/** What begins a journey; several may. */
export function TriggerFields({ definition, words, onChange }: Head) {
  const t = useTranslations("journeys");
  const kinds = (["event", "segment", "date", "expiring", "schedule", "api"] as const)
    .filter((kind) => kind !== "segment" || words.segments.length > 0)
    .map((kind) => ({ value: kind, label: t(`trigger.${kind}`) }));
  const set = (triggers: Trigger[]) => onChange({ ...definition, triggers });
  const start = (kind: Trigger["kind"]): Trigger =>
    kind === "segment" ? { ...START.segment, segmentId: words.segments[0]?.id ?? "1" } : START[kind];
  return (
    <div className="grid gap-4">
      {definition.triggers.map((trigger, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no names of their own
        <div key={index} className="grid gap-3 rounded-lg border p-4">
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <Pick
                label={t("draw.begin")}
                value={trigger.kind}
                options={kinds}
                onChange={(kind) => set(definition.triggers.with(index, start(kind)))}
              />
            </div>
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={t("field.remove")}
              onClick={() => set(definition.triggers.toSpliced(index, 1))}
            >
              <X aria-hidden="true" />
            </Button>
          </div>
          <OneTrigger
            trigger={trigger}
            words={words}
            onChange={(next) => set(definition.triggers.with(index, next))}
          />
        </div>
      ))}
      {definition.triggers.length < TRIGGERS_MAX && (
        <Button
          variant="soft"
          size="sm"
          className="justify-self-start"
          onClick={() => set([...definition.triggers, START.event])}
        >
          <Plus aria-hidden="true" />
          {t("draw.addTrigger")}
        </Button>
      )}
    </div>
  );
}

export function OneTrigger({
  trigger,
  words,
  onChange,
}: {
  trigger: Trigger;
  words: Vocabulary;
  onChange: (trigger: Trigger) => void;
}) {
  const t = useTranslations("journeys.field");
  switch (trigger.kind) {
    case "event":
      return (
        <MatchFields
          match={trigger.match}
          words={words}
          onChange={(match) => onChange({ ...trigger, match })}
        />
      );
    case "segment":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <Pick
            label={t("segment")}
            value={trigger.segmentId}
            empty={t("choose")}
            options={words.segments.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(segmentId) => onChange({ ...trigger, segmentId })}
          />
          <Pick
            label={t("segmentOn")}
            value={trigger.on}
            options={(["entered", "left"] as const).map((on) => ({ value: on, label: t(on) }))}
            onChange={(on) => onChange({ ...trigger, on })}
          />
        </div>
      );
    case "date":
      return (
        <div className="grid gap-3 sm:grid-cols-3">
          <Pick
            label={t("date")}
            value={trigger.date}
            options={(["birthday", "first_purchase"] as const).map((date) => ({
              value: date,
              label: t(date),
            }))}
            onChange={(date) => onChange({ ...trigger, date })}
          />
          <NumberInput
            label={t("offset")}
            value={trigger.offsetDays}
            min={-60}
            max={60}
            onChange={(days) => onChange({ ...trigger, offsetDays: Math.round(days) })}
          />
          <NumberInput
            label={t("hour")}
            value={trigger.hour}
            max={23}
            onChange={(hour) => onChange({ ...trigger, hour: Math.round(hour) })}
          />
        </div>
      );
    case "expiring":
      return (
        <div className="grid gap-3 sm:grid-cols-3">
          <NumberInput
            label={t("expiringDays")}
            value={trigger.days}
            min={1}
            max={60}
            onChange={(days) => onChange({ ...trigger, days: Math.round(days) })}
          />
          <NumberInput
            label={t("leastPoints")}
            value={trigger.leastPoints / 100}
            max={1_000_000}
            onChange={(least) => onChange({ ...trigger, leastPoints: Math.round(least * 100) })}
          />
          <NumberInput
            label={t("hour")}
            value={trigger.hour}
            max={23}
            onChange={(hour) => onChange({ ...trigger, hour: Math.round(hour) })}
          />
        </div>
      );
    case "schedule":
      return <ScheduleFields trigger={trigger} words={words} onChange={onChange} />;
    case "api":
      return <p className="text-sm text-muted wrap-anywhere">{t("apiCall", { address: API })}</p>;
  }
}

/** Who may come again, when it ends early, and what it is measured against. */
export function RuleFields({ definition, words, onChange, isCampaign }: Head & { isCampaign: boolean }) {
  const t = useTranslations("journeys.field");
  const { reentry, goal, only } = definition;
  const modes = [
    { value: "once", label: t("reOnce") },
    { value: "after", label: t("reAfter") },
    { value: "always", label: t("reAlways") },
  ] as const;
  return (
    <div className="grid gap-5">
      {!isCampaign && (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <Pick
              label={t("reentry")}
              value={reentry.mode}
              options={modes}
              onChange={(mode) => onChange({ ...definition, reentry: { ...reentry, mode } })}
            />
            {reentry.mode === "after" && (
              <NumberInput
                label={t("reDays")}
                value={reentry.days}
                min={1}
                max={3_650}
                onChange={(days) =>
                  onChange({ ...definition, reentry: { ...reentry, days: Math.round(days) } })
                }
              />
            )}
          </div>
          {reentry.mode !== "once" && (
            <Switch
              label={t("restart")}
              checked={reentry.restart}
              onChange={(event) =>
                onChange({ ...definition, reentry: { ...reentry, restart: event.currentTarget.checked } })
              }
            />
          )}
          <Switch
            label={t("onlySome")}
            checked={only !== null}
            onChange={(event) =>
              onChange({
                ...definition,
                only: event.currentTarget.checked
                  ? { kind: "all", of: [{ kind: "number", fact: "visits", op: "at_least", value: 1 }] }
                  : null,
              })
            }
          />
          {only && (
            <PredicateFields
              predicate={only}
              words={words}
              messages={[]}
              onChange={(next) => onChange({ ...definition, only: next })}
            />
          )}
          <Switch
            label={t("goal")}
            checked={goal !== null}
            onChange={(event) =>
              onChange({
                ...definition,
                goal: event.currentTarget.checked ? { match: START.event.match, exits: true } : null,
              })
            }
          />
          {goal && (
            <MatchFields
              match={goal.match}
              words={words}
              onChange={(match) => onChange({ ...definition, goal: { ...goal, match } })}
            />
          )}
        </>
      )}
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <NumberInput
          label={`${t("control")}, %`}
          hint={t("controlHint")}
          value={definition.controlBps / 100}
          max={50}
          onChange={(share) => onChange({ ...definition, controlBps: Math.round(share * 100) })}
        />
        <NumberInput
          label={t("window")}
          value={definition.windowDays}
          min={1}
          max={180}
          onChange={(windowDays) => onChange({ ...definition, windowDays: Math.round(windowDays) })}
        />
      </div>
    </div>
  );
}
