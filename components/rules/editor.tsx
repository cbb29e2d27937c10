"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { Card, CardBody } from "@/components/ui/card";
import { Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { RuleBody } from "@/lib/program/model";
import { ConditionsCard } from "./conditions-card";
import { EditContext } from "./edit-context";
import { GivesCard } from "./gives-card";
import { LimitsCard } from "./limits-card";
import { SaveCard } from "./save-card";
import { ruleSentence } from "./sentence";
import { SimulateRule } from "./simulate-rule";
import { StackingCard } from "./stacking-card";
import { TryCard } from "./try-card";
import { useRuleDraft } from "./use-rule-draft";
import type { Lists } from "./words";

/** A rule being written: said as a sentence on top, its four parts, a bill to try it on, what it would have cost, and saving. */
export function RuleEditor({
  id,
  start,
  basedOn,
  lists,
  groups,
  unit,
  currency,
  zone,
  today,
  tomorrow,
  minute,
  isReadOnly,
}: {
  id: bigint | null;
  start: RuleBody;
  basedOn: number;
  lists: Lists;
  groups: readonly string[];
  unit: string;
  currency: string;
  zone: string;
  today: string;
  tomorrow: string;
  /** Of the day it is now. */
  minute: number;
  isReadOnly: boolean;
}) {
  const t = useTranslations("rules");
  const locale: Locale = useLocale();
  const words = useMemo(
    () => ({ t, f: formats({ locale, currency, zone }), lists }),
    [t, locale, currency, zone, lists],
  );
  const draft = useRuleDraft(id, start);
  const { body, change, ask, mark, missing, findings, isReady, isChecking, isRefused } = draft;
  return (
    <EditContext value={{ body, words, unit, today, missing, findings, change, ask, mark }}>
      <Card className="mb-6">
        <CardBody className="flex items-start justify-between gap-4">
          <p aria-live="polite" className="text-lg leading-7 font-medium text-balance wrap-anywhere">
            {ruleSentence(body, words)}
          </p>
          <span role="status" className="shrink-0">
            {isChecking && isReady && (
              <>
                <Spinner />
                <span className="sr-only">{t("edit.checking")}</span>
              </>
            )}
          </span>
        </CardBody>
      </Card>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <fieldset disabled={isReadOnly} className="grid min-w-0 gap-6">
          <legend className="sr-only">{t("edit.title")}</legend>
          <Card>
            <CardBody className="grid gap-4">
              <Field label={t("edit.name")} hint={t("edit.nameHint")}>
                <Input
                  maxLength={80}
                  value={body.name}
                  onChange={(event) => change({ name: event.target.value })}
                />
              </Field>
              <Switch
                label={t("edit.isOn")}
                hint={t("edit.isOnHint")}
                checked={body.isOn}
                onChange={(event) => change({ isOn: event.target.checked })}
              />
            </CardBody>
          </Card>
          <GivesCard />
          <ConditionsCard />
          <LimitsCard />
          <StackingCard groups={groups} />
        </fieldset>
        <div className="grid min-w-0 gap-6">
          <FailureNotice failure={draft.failure} />
          {!isReadOnly && (
            <SaveCard
              basedOn={basedOn}
              id={id}
              body={body}
              tomorrow={tomorrow}
              locale={locale}
              isReady={isReady && !isChecking}
              isRefused={isRefused}
            />
          )}
          <TryCard id={id} isReady={isReady} minute={minute} />
          <SimulateRule id={id} body={body} currency={currency} isReady={isReady} />
        </div>
      </div>
    </EditContext>
  );
}
