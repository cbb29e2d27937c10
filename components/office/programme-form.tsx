"use client";
import { useTranslations } from "next-intl";
import { SimulateSettings } from "@/components/rules/simulate-settings";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Segmented } from "@/components/ui/segmented";
import type { Effect } from "@/lib/program";
import type { ProgrammeSettings } from "@/lib/program/schema";
import { EffectPanel } from "./effect-panel";
import { PointsFields } from "./points-fields";
import { useProgrammeDraft } from "./programme-draft";
import { QualifyingFields } from "./qualifying-fields";
import { RuleFields } from "./rule-fields";
import { SaveProgramme } from "./save-programme";
import { TierFields } from "./tier-fields";
import { WelcomeFields } from "./welcome-fields";

/** The promise, in parts, with what a change would do beside it. */
export function ProgrammeForm({
  basedOn,
  settings: start,
  effect: effectNow,
  isReadOnly,
  unit,
  currency,
}: {
  basedOn: number;
  settings: ProgrammeSettings;
  effect: Effect;
  isReadOnly: boolean;
  unit: string;
  currency: string;
}) {
  const t = useTranslations("office.programme");
  const { draft, effect, failure, isPending, isBroken } = useProgrammeDraft(start, effectNow);
  const { settings, set } = draft;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <fieldset disabled={isReadOnly} className="grid min-w-0 gap-6">
        <legend className="sr-only">{t("title")}</legend>
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("policy.title")}</CardTitle>
              <CardDescription>{t(`policy.${settings.policy}Text`)}</CardDescription>
            </div>
          </CardHeader>
          <CardBody>
            <Segmented
              name="policy"
              legend={t("policy.title")}
              value={settings.policy}
              onValueChange={(policy) => set("policy", policy)}
              options={[
                { value: "points", label: t("policy.points") },
                { value: "discount", label: t("policy.discount") },
              ]}
              size="lg"
            />
          </CardBody>
        </Card>
        <TierFields draft={draft} unit={unit} failure={failure} />
        <QualifyingFields draft={draft} />
        {settings.policy === "points" && <PointsFields draft={draft} />}
        <WelcomeFields draft={draft} />
        <RuleFields draft={draft} unit={unit} />
      </fieldset>
      <div className="grid min-w-0 gap-4">
        <EffectPanel
          effect={effect}
          failure={failure}
          isPending={isPending}
          policy={settings.policy}
          currency={currency}
        />
        {!isReadOnly && (
          <SaveProgramme
            basedOn={basedOn}
            settings={settings}
            effect={effect}
            currency={currency}
            isReady={!isPending && !isBroken && failure === null}
            isBroken={isBroken || failure !== null}
          />
        )}
        <SimulateSettings settings={settings} currency={currency} isReady={!isBroken && failure === null} />
      </div>
    </div>
  );
}
