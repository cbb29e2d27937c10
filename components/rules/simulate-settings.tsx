"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { plain } from "@/lib/kernel/json";
import type { ProgrammeSettings } from "@/lib/program/schema";
import { SimulationPanel } from "./simulation-panel";

/** The last days under settings that are being changed. */
export function SimulateSettings({
  settings,
  currency,
  isReady,
}: {
  settings: ProgrammeSettings;
  currency: string;
  isReady: boolean;
}) {
  const t = useTranslations("rules.simulation");
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("ofSettings")}</CardTitle>
          <CardDescription>{t("ofSettingsText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody>
        <SimulationPanel asked={{ settings: plain(settings) }} currency={currency} isReady={isReady} />
      </CardBody>
    </Card>
  );
}
