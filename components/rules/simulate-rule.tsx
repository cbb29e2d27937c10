"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { plain } from "@/lib/kernel/json";
import type { RuleBody } from "@/lib/program/model";
import { SimulationPanel } from "./simulation-panel";

/** Who moves and what it costs: the last days with the rule as it is being written. */
export function SimulateRule({
  id,
  body,
  currency,
  isReady,
}: {
  id: bigint | null;
  body: RuleBody;
  currency: string;
  isReady: boolean;
}) {
  const t = useTranslations("rules.simulation");
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("ofRule")}</CardTitle>
          <CardDescription>{t("ofRuleText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody>
        <SimulationPanel
          asked={{ put: [{ id: id?.toString() ?? null, body: plain(body) }] }}
          currency={currency}
          isReady={isReady}
        />
      </CardBody>
    </Card>
  );
}
