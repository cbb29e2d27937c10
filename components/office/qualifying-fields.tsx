"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { WINDOW_KINDS, type Window } from "@/lib/tiers/model";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

const EXPERIENCE = ["perVisit", "perHundred", "perFriend"] as const;
const DAYS_START = 365;

/** Over which time figures count, what happens when they fall short, and what experience is. */
export function QualifyingFields({ draft }: { draft: Draft }) {
  const t = useTranslations("tiers.form");
  const { settings, set, mark } = draft;
  const { qualifying, experience } = settings;
  const { window } = qualifying;
  const change = (part: Partial<typeof qualifying>) => set("qualifying", { ...qualifying, ...part });
  const turnTo = (kind: Window["kind"]) => {
    mark("qualifying.days", true);
    mark("qualifying.grace", true);
    change({ window: kind === "rolling" ? { kind, days: DAYS_START } : { kind } });
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-5">
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field label={t("window")} hint={t(`windowHint.${window.kind}`)}>
            <Select
              value={window.kind}
              onChange={(event) => turnTo(WINDOW_KINDS.find((kind) => kind === event.target.value) ?? "ever")}
            >
              {WINDOW_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`windows.${kind}`)}
                </option>
              ))}
            </Select>
          </Field>
          {window.kind === "rolling" && (
            <NumberField
              label={t("days")}
              error={t("rollingError")}
              value={BigInt(window.days)}
              onValue={(days) => {
                mark("qualifying.days", typeof days === "bigint");
                if (typeof days === "bigint") change({ window: { kind: "rolling", days: Number(days) } });
              }}
              unit={t("daysUnit")}
              whole
              isRequired
              min={7n}
              max={1_095n}
            />
          )}
        </div>
        {window.kind !== "ever" && (
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <NumberField
              label={t("grace")}
              hint={t("graceHint")}
              error={t("daysError")}
              value={BigInt(qualifying.graceDays)}
              onValue={(days) => {
                mark("qualifying.grace", days !== undefined);
                if (days !== undefined) change({ graceDays: Number(days ?? 0n) });
              }}
              unit={t("daysUnit")}
              whole
              max={365n}
            />
            <div className="grid gap-1.5">
              <p aria-hidden="true" className="text-sm font-medium">
                {t("downgrade")}
              </p>
              <Segmented
                name="downgrade"
                legend={t("downgrade")}
                value={qualifying.downgrade}
                onValueChange={(downgrade) => change({ downgrade })}
                options={[
                  { value: "step", label: t("step") },
                  { value: "full", label: t("full") },
                ]}
                size="lg"
              />
              <p className="text-sm text-faint">{t(`downgradeHint.${qualifying.downgrade}`)}</p>
            </div>
          </div>
        )}
        <fieldset className="grid gap-3 border-t border-line pt-5">
          <legend className="sr-only">{t("experience")}</legend>
          <div>
            <p aria-hidden="true" className="font-medium">
              {t("experience")}
            </p>
            <p className="text-sm text-muted">{t("experienceText")}</p>
          </div>
          <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3">
            {EXPERIENCE.map((name) => (
              <NumberField
                key={name}
                label={t(name)}
                error={t("countError")}
                value={BigInt(experience[name])}
                onValue={(value) => {
                  mark(`experience.${name}`, value !== undefined);
                  if (value !== undefined) set("experience", { ...experience, [name]: Number(value ?? 0n) });
                }}
                unit={t("experienceUnit")}
                whole
                max={100_000n}
              />
            ))}
          </div>
        </fieldset>
      </CardBody>
    </Card>
  );
}
