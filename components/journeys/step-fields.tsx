"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Vocabulary } from "@/lib/journeys";
import { BRANCHES_MAX, METRICS } from "@/lib/journeys/model";
import type { Step } from "@/lib/journeys/schema";
import { GiftFields } from "./gift-fields";
import { MatchFields } from "./match-fields";
import { MessageFields } from "./message-fields";
import { PredicateFields } from "./predicate-fields";
import { NumberInput, Pick } from "./small-fields";
import { DurationFields, UntilFields } from "./wait-fields";

export type StepForm = {
  step: Step;
  words: Vocabulary;
  messages: readonly { id: string; name: string }[];
  secret: string;
  onChange: (step: Step) => void;
};

/** What can be set at one step. */
export function StepFields({ step, words, messages, secret, onChange }: StepForm) {
  const t = useTranslations("journeys.field");
  switch (step.kind) {
    case "wait":
      return <UntilFields until={step.until} onChange={(until) => onChange({ ...step, until })} />;
    case "await":
      return (
        <div className="grid gap-4">
          <MatchFields match={step.match} words={words} onChange={(match) => onChange({ ...step, match })} />
          <DurationFields
            label={t("timeout")}
            duration={step.timeout}
            onChange={(timeout) => onChange({ ...step, timeout })}
          />
        </div>
      );
    case "condition":
      return (
        <PredicateFields
          predicate={step.when}
          words={words}
          messages={messages}
          onChange={(when) => onChange({ ...step, when })}
        />
      );
    case "split":
    case "experiment":
      return <BranchFields step={step} onChange={onChange} />;
    case "message":
      return <MessageFields step={step} words={words} onChange={onChange} />;
    case "points":
    case "promo":
    case "reward":
      return <GiftFields step={step} words={words} onChange={onChange} />;
    case "tag":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <Pick
            label={t("tag")}
            value={step.tagId}
            empty={t("choose")}
            options={words.tags.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(tagId) => onChange({ ...step, tagId })}
          />
          <Pick
            label={t("op")}
            value={step.add ? "add" : "remove"}
            options={[
              { value: "add", label: t("tagAdd") },
              { value: "remove", label: t("tagRemove") },
            ]}
            onChange={(what) => onChange({ ...step, add: what === "add" })}
          />
        </div>
      );
    case "webhook":
      return (
        <div className="grid gap-3">
          <Field label={t("webhookUrl")} hint={t("webhookHint")}>
            <Input
              type="url"
              value={step.url}
              maxLength={500}
              onChange={(event) => onChange({ ...step, url: event.currentTarget.value })}
            />
          </Field>
          <code className="rounded-md bg-sunken px-3 py-2 text-sm break-all">{secret}</code>
        </div>
      );
    case "task":
      return (
        <Field label={t("taskTitle")}>
          <Input
            value={step.title}
            maxLength={200}
            onChange={(event) => onChange({ ...step, title: event.currentTarget.value })}
          />
        </Field>
      );
    case "holdout":
      return (
        <NumberInput
          label={t("share")}
          value={step.bps / 100}
          min={1}
          max={90}
          onChange={(share) => onChange({ ...step, bps: Math.round(share * 100) })}
        />
      );
    case "exit":
      return null;
  }
}

type Branching = Extract<Step, { kind: "split" | "experiment" }>;

function BranchFields({ step, onChange }: { step: Branching; onChange: (step: Step) => void }) {
  const t = useTranslations("journeys.field");
  const metric = useTranslations("journeys.metric");
  const set = (branches: Branching["branches"]) => onChange({ ...step, branches });
  return (
    <div className="grid gap-4">
      {step.branches.map((branch, index) => (
        <div key={branch.id} className="flex items-end gap-2">
          <Field label={t("label")} className="min-w-0 flex-1">
            <Input
              value={branch.label}
              maxLength={60}
              onChange={(event) =>
                set(step.branches.with(index, { ...branch, label: event.currentTarget.value }))
              }
            />
          </Field>
          <div className="w-24">
            <NumberInput
              label={t("weight")}
              value={branch.weight}
              min={1}
              max={10_000}
              onChange={(weight) => set(step.branches.with(index, { ...branch, weight: Math.round(weight) }))}
            />
          </div>
          {step.branches.length > 2 && (
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={t("removeBranch")}
              onClick={() => set(step.branches.toSpliced(index, 1))}
            >
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      {step.branches.length < BRANCHES_MAX && (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => set([...step.branches, nextBranch(step)])}
        >
          <Plus aria-hidden="true" />
          {t("addBranch")}
        </Button>
      )}
      {step.kind === "experiment" && (
        <>
          <Pick
            label={t("metric")}
            value={step.metric}
            options={METRICS.map((one) => ({ value: one, label: metric(one) }))}
            onChange={(value) => onChange({ ...step, metric: value })}
          />
          <NumberInput
            label={t("leastPerArm")}
            value={step.leastPerArm}
            min={20}
            max={1_000_000}
            onChange={(least) => onChange({ ...step, leastPerArm: Math.round(least) })}
          />
          <Switch
            label={t("trial")}
            checked={step.trial !== null}
            onChange={(event) =>
              onChange({
                ...step,
                trial: event.currentTarget.checked
                  ? { bps: 2_000, duration: { amount: 4, unit: "hours" } }
                  : null,
              })
            }
          />
          {step.trial && (
            <TrialFields trial={step.trial} onChange={(trial) => onChange({ ...step, trial })} />
          )}
        </>
      )}
    </div>
  );
}

type Trial = NonNullable<Extract<Step, { kind: "experiment" }>["trial"]>;

function TrialFields({ trial, onChange }: { trial: Trial; onChange: (trial: Trial) => void }) {
  const t = useTranslations("journeys.field");
  return (
    <div className="grid gap-4">
      <NumberInput
        label={t("trialShare")}
        value={trial.bps / 100}
        min={1}
        max={99}
        onChange={(share) => onChange({ ...trial, bps: Math.round(share * 100) })}
      />
      <DurationFields
        label={t("timeout")}
        duration={trial.duration}
        onChange={(duration) => onChange({ ...trial, duration })}
      />
    </div>
  );
}

function nextBranch(step: Branching): Branching["branches"][number] {
  const letters = ["a", "b", "c", "d", "e", "f", "g"];
  const letter =
    letters.find((one) => !step.branches.some((branch) => branch.id === `${step.id}${one}`)) ?? "z";
  return { id: `${step.id}${letter}`, label: letter.toUpperCase(), weight: 1, steps: [] };
}
