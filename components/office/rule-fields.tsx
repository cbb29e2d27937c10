"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Switch } from "@/components/ui/choice";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

const SWITCHES = ["purchaseByPhone", "spendByPhone", "receiptNumberRequired"] as const;

/** What tills may do and must say. */
export function RuleFields({ draft, unit }: { draft: Draft; unit: string }) {
  const t = useTranslations("office.programme.rules");
  const { settings, set } = draft;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-5">
        <div className="grid gap-3">
          {SWITCHES.map((name) => (
            <Switch
              key={name}
              label={t(name)}
              hint={t(`${name}Hint`)}
              checked={settings[name]}
              onChange={(event) => set(name, event.target.checked)}
            />
          ))}
        </div>
        <NumberField
          label={t("receiptLimit")}
          hint={t("receiptLimitHint")}
          error={t("amountError")}
          value={settings.receiptLimitMinor}
          onValue={(value) => set("receiptLimitMinor", value)}
          unit={unit}
          placeholder={t("noLimit")}
          min={1n}
          className="sm:max-w-72"
        />
      </CardBody>
    </Card>
  );
}
