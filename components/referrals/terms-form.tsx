"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NumberField } from "@/components/office/number-field";
import { useProgrammeDraft } from "@/components/office/programme-draft";
import { SaveProgramme } from "@/components/office/save-programme";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { Effect } from "@/lib/program";
import { referralRates } from "@/lib/program/model";
import type { ProgrammeSettings, ReferralTerms } from "@/lib/program/schema";
import { LevelFields } from "./level-fields";
import { TermsEffect } from "./terms-effect";

type Names<Value> = {
  [K in keyof ReferralTerms]: ReferralTerms[K] extends Value ? K : never;
}[keyof ReferralTerms];

/** What is given for friends, in four parts, with what it means beside it. */
export function TermsForm({
  basedOn,
  settings: start,
  effect: effectNow,
  isReadOnly,
  unit,
  currency,
  past,
}: {
  basedOn: number;
  settings: ProgrammeSettings;
  effect: Effect;
  isReadOnly: boolean;
  unit: string;
  currency: string;
  past: { joined: number; bought: number };
}) {
  const t = useTranslations("referrals.settings");
  const { draft, effect, failure, isPending, isBroken } = useProgrammeDraft(start, effectNow);
  const terms = draft.settings.referral;
  const change = (part: Partial<ReferralTerms>) => draft.set("referral", { ...terms, ...part });
  const isOver = referralRates(terms).reduce((sum, rate) => sum + rate, 0) > BPS_WHOLE;
  /** A field whose text is no value keeps the last one and holds the form back. */
  const put = (name: keyof ReferralTerms, value: Partial<ReferralTerms> | undefined) => {
    draft.mark(`referral.${name}`, value !== undefined);
    if (value) change(value);
  };
  const points = (name: Names<bigint>, label: string, hint?: string, after?: string) => (
    <NumberField
      label={label}
      {...(hint !== undefined && { hint })}
      {...(after !== undefined && { unit: after })}
      error={t("pointsError")}
      value={terms[name] === 0n ? null : terms[name]}
      placeholder={t("none")}
      onValue={(value) => put(name, value === undefined ? undefined : { [name]: value ?? 0n })}
    />
  );
  const days = (name: "days" | "activeDays", label: string, hint: string, placeholder: string) => (
    <NumberField
      label={label}
      hint={hint}
      error={t("daysError")}
      value={terms[name] === null ? null : BigInt(terms[name])}
      placeholder={placeholder}
      unit={t("daysUnit")}
      whole
      min={1n}
      max={3_650n}
      onValue={(value) =>
        put(name, value === undefined ? undefined : { [name]: value === null ? null : Number(value) })
      }
    />
  );
  const count = (name: "hourMax" | "dayMax", label: string, hint: string) => (
    <NumberField
      label={label}
      hint={hint}
      error={t("countError")}
      value={BigInt(terms[name])}
      whole
      isRequired
      min={1n}
      max={10_000n}
      onValue={(value) => put(name, typeof value === "bigint" ? { [name]: Number(value) } : undefined)}
    />
  );
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <fieldset disabled={isReadOnly} className="grid min-w-0 gap-6">
        <legend className="sr-only">{t("title")}</legend>
        <Part title={t("levels")} text={t("levelsText")}>
          <LevelFields
            levels={terms.levels}
            onLevels={(levels) => change({ levels })}
            mark={(index, isFine) => draft.mark(`referral.level${index}`, isFine)}
          />
          {isOver && (
            <Notice tone="danger" live>
              {t("over")}
            </Notice>
          )}
        </Part>
        <Part title={t("fixed")} text={t("fixedText")}>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            {points("invitationPoints", t("invitation"), t("invitationHint"))}
            {points("friendFirstPoints", t("friendFirst"))}
            {points("invitationMinMinor", t("min"), t("minHint"), unit)}
            {points("friendJoinPoints", t("friendJoin"), t("friendJoinHint"))}
          </div>
        </Part>
        <Part title={t("life")}>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            {days("days", t("days"), t("daysHint"), t("forever"))}
            {days("activeDays", t("activeDays"), t("activeDaysHint"), t("notAsked"))}
          </div>
        </Part>
        <Part title={t("guards")} text={t("guardsText")}>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            {count("hourMax", t("hourMax"), t("hourMaxHint"))}
            {count("dayMax", t("dayMax"), t("dayMaxHint"))}
          </div>
        </Part>
      </fieldset>
      <div className="grid min-w-0 gap-4 xl:sticky xl:top-6">
        <TermsEffect terms={terms} currency={currency} past={past} />
        {!isReadOnly && (
          <SaveProgramme
            basedOn={basedOn}
            settings={draft.settings}
            effect={effect}
            currency={currency}
            isReady={!isPending && !isBroken && failure === null && !isOver}
            isBroken={isBroken || isOver || failure !== null}
          />
        )}
      </div>
    </div>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{title}</CardTitle>
          {text !== undefined && <CardDescription>{text}</CardDescription>}
        </div>
      </CardHeader>
      <CardBody className="grid gap-5">{children}</CardBody>
    </Card>
  );
}
