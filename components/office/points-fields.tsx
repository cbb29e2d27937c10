"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Switch } from "@/components/ui/choice";
import { ExpiryFields } from "./expiry-fields";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";
import { ReminderFields } from "./reminder-fields";

/** How long points wait and live, and how much of a bill they pay. */
export function PointsFields({ draft }: { draft: Draft }) {
  const t = useTranslations("office.programme.pointsPart");
  const more = useTranslations("tiers.points");
  const { settings, set } = draft;
  const days = (value: bigint | null | undefined) => (typeof value === "bigint" ? Number(value) : value);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid items-start gap-5 sm:grid-cols-2">
        <NumberField
          label={t("cap")}
          hint={t("capHint")}
          error={t("percentError")}
          value={BigInt(settings.maxPointsBps)}
          onValue={(value) => set("maxPointsBps", value === null ? undefined : (days(value) ?? undefined))}
          unit="%"
          isRequired
          max={10_000n}
        />
        <NumberField
          label={t("pendingDays")}
          hint={t("pendingDaysHint")}
          error={t("daysError")}
          value={BigInt(settings.pendingDays)}
          onValue={(value) => set("pendingDays", days(value) ?? (value === null ? 0 : undefined))}
          unit={t("days")}
          whole
          max={365n}
        />
        <ExpiryFields draft={draft} />
        <Switch
          label={more("confirm")}
          hint={more("confirmHint")}
          checked={settings.confirmEarned}
          onChange={(event) => set("confirmEarned", event.target.checked)}
          className="sm:col-span-2"
        />
        <ReminderFields draft={draft} />
        <NumberField
          label={t("voucherDays")}
          hint={t("voucherDaysHint")}
          error={t("daysError")}
          value={BigInt(settings.voucherDays)}
          onValue={(value) => set("voucherDays", days(value) ?? undefined)}
          unit={t("days")}
          whole
          isRequired
          min={1n}
          max={3_650n}
        />
      </CardBody>
    </Card>
  );
}
