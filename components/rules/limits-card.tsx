"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { type Caps, unitOf } from "@/lib/program/model";
import { useEditing } from "./edit-context";
import { RuleNumber } from "./fields";
import { Findings } from "./findings";

const AMOUNTS = ["perBill", "perDay", "perMonth", "ever", "budget"] as const;
const COUNTS = ["timesPerDay", "timesPerMonth", "timesEver"] as const;

/** The most the rule gives, and how long its points live; an empty field is no limit. */
export function LimitsCard() {
  const t = useTranslations("rules.edit");
  const { body, change, unit } = useEditing();
  const { caps, gives } = body;
  const kind = unitOf(gives.is);
  const put = (part: Partial<Caps>) => change({ caps: { ...caps, ...part } });
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("limits")}</CardTitle>
          <CardDescription>{t("limitsText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid items-start gap-4 sm:grid-cols-2">
        {kind !== null &&
          AMOUNTS.map((cap) => (
            <RuleNumber
              key={`${cap} ${kind}`}
              field={`caps.${cap}`}
              label={t(`cap.${cap}`)}
              unit={kind === "money" ? unit : t("pointsUnit")}
              isRequired={false}
              value={caps[cap]}
              onValue={(amount) => put({ [cap]: amount })}
            />
          ))}
        {COUNTS.map((cap) => (
          <RuleNumber
            key={cap}
            field={`caps.${cap}`}
            label={t(`cap.${cap}`)}
            unit={t("timesUnit")}
            whole
            isRequired={false}
            max={100_000n}
            value={caps[cap] === null ? null : BigInt(caps[cap])}
            onValue={(count) => put({ [cap]: count === null ? null : Number(count) })}
          />
        ))}
        {kind === "points" && gives.is !== "rate" && (
          <RuleNumber
            field="livesDays"
            label={t("livesDays")}
            hint={t("livesHint")}
            unit={t("daysUnit")}
            whole
            isRequired={false}
            max={3_650n}
            value={body.livesDays === null ? null : BigInt(body.livesDays)}
            onValue={(days) => change({ livesDays: days === null ? null : Number(days) })}
          />
        )}
        <Findings place="limits" className="sm:col-span-2" />
      </CardBody>
    </Card>
  );
}
