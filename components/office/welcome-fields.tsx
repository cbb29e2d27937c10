"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

const POINTS_MAX = 100_000_000n;

/** What a newcomer gets: at once with a deadline, and with the first purchase. */
export function WelcomeFields({ draft }: { draft: Draft }) {
  const t = useTranslations("office.programme.welcome");
  const { settings, set, mark } = draft;
  const welcome = settings.welcome ?? { points: 0n, days: null, kept: null };
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
        {welcome.points > 0n && welcome.days !== null && (
          <KeptFields welcome={welcome} mark={mark} onKept={(kept) => set("welcome", { ...welcome, kept })} />
        )}
      </CardBody>
    </Card>
  );
}

type Welcome = NonNullable<Draft["settings"]["welcome"]>;
const KEPT_START = 180;

/** What the first purchase makes of welcome points that would burn. */
function KeptFields({
  welcome,
  mark,
  onKept,
}: {
  welcome: Welcome;
  mark: Draft["mark"];
  onKept: (kept: Welcome["kept"]) => void;
}) {
  const t = useTranslations("tiers.welcome");
  const form = useTranslations("tiers.form");
  const { kept } = welcome;
  const way = kept === null ? "no" : kept.days === null ? "ever" : "days";
  return (
    <>
      <Field label={t("kept")} hint={t("keptHint")} className="sm:col-span-2">
        <Select
          value={way}
          onChange={({ target: { value } }) => {
            mark("welcome.kept", true);
            onKept(value === "no" ? null : { days: value === "ever" ? null : KEPT_START });
          }}
        >
          {(["no", "ever", "days"] as const).map((one) => (
            <option key={one} value={one}>
              {t(`keeps.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {way === "days" && (
        <NumberField
          label={t("keptDays")}
          error={form("daysError")}
          value={BigInt(kept?.days ?? KEPT_START)}
          onValue={(days) => {
            mark("welcome.kept", typeof days === "bigint");
            if (typeof days === "bigint") onKept({ days: Number(days) });
          }}
          unit={form("daysUnit")}
          whole
          isRequired
          min={1n}
          max={3_650n}
        />
      )}
    </>
  );
}
