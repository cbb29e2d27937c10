"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

const POINTS_MAX = 100_000_000n;

/** What a newcomer gets: at once with a deadline, and with the first purchase. */
export function WelcomeFields({ draft }: { draft: Draft }) {
  const t = useTranslations("office.programme.welcome");
  const { settings, set } = draft;
  const welcome = settings.welcome ?? { points: 0n, days: null };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid items-start gap-5 sm:grid-cols-3">
        <NumberField
          label={t("points")}
          error={t("pointsError")}
          value={welcome.points}
          onValue={(points) =>
            set("welcome", points === undefined ? undefined : points ? { ...welcome, points } : null)
          }
          max={POINTS_MAX}
        />
        <NumberField
          label={t("days")}
          hint={t("daysHint")}
          error={t("daysError")}
          value={welcome.days === null ? null : BigInt(welcome.days)}
          onValue={(days) =>
            set(
              "welcome",
              days === undefined
                ? undefined
                : welcome.points > 0n
                  ? { ...welcome, days: days === null ? null : Number(days) }
                  : null,
            )
          }
          unit={t("daysUnit")}
          placeholder={t("noDeadline")}
          whole
          min={1n}
          max={3_650n}
        />
        <NumberField
          label={t("first")}
          hint={t("firstHint")}
          error={t("pointsError")}
          value={settings.firstPurchasePoints}
          onValue={(value) => set("firstPurchasePoints", value === null ? 0n : value)}
          max={POINTS_MAX}
        />
      </CardBody>
    </Card>
  );
}
