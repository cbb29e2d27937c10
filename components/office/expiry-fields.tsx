"use client";
import { useLocale, useTranslations } from "next-intl";
import { Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";

const KINDS = ["never", "days", "months", "date", "inactive"] as const;
type Kind = (typeof KINDS)[number];
const DAYS_START = 365;
const INACTIVE_START = 180;

/** How earned points end: never, some time after they were earned, on a date, or when their owner stops coming. */
export function ExpiryFields({ draft }: { draft: Draft }) {
  const t = useTranslations("tiers.points");
  const form = useTranslations("tiers.form");
  const { settings, set, mark } = draft;
  const { expiry, earnedDays } = settings;
  const change = (part: Partial<typeof expiry>) => set("expiry", { ...expiry, ...part });
  const kind: Kind = expiry.kind === "days" && earnedDays === null ? "never" : expiry.kind;
  const turnTo = (next: Kind) => {
    for (const field of ["months", "day", "minDays"]) mark(`expiry.${field}`, true);
    change({ kind: next === "never" ? "days" : next });
    if (next === "never") set("earnedDays", null);
    else if (next === "inactive") set("earnedDays", earnedDays ?? INACTIVE_START);
    else if (next === "days") set("earnedDays", earnedDays ?? DAYS_START);
  };
  return (
    <div className="grid gap-5 sm:col-span-2">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field label={t("expiry")} hint={t(`kindHint.${kind}`)}>
          <Select
            value={kind}
            onChange={(event) => turnTo(KINDS.find((one) => one === event.target.value) ?? "never")}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {(kind === "days" || kind === "inactive") && (
          <NumberField
            key={kind}
            label={t("days")}
            error={form("daysError")}
            value={BigInt(earnedDays ?? DAYS_START)}
            onValue={(days) => set("earnedDays", typeof days === "bigint" ? Number(days) : undefined)}
            unit={form("daysUnit")}
            whole
            isRequired
            min={1n}
            max={3_650n}
          />
        )}
        {kind === "months" && (
          <NumberField
            label={t("months")}
            error={t("monthsError")}
            value={BigInt(expiry.months)}
            onValue={(months) => {
              mark("expiry.months", typeof months === "bigint");
              if (typeof months === "bigint") change({ months: Number(months) });
            }}
            unit={t("monthsUnit")}
            whole
            isRequired
            min={1n}
            max={120n}
          />
        )}
      </div>
      {kind === "date" && <DateFields draft={draft} />}
      {kind !== "never" && (
        <div className="grid gap-3">
          {kind !== "date" && (
            <Switch
              label={t("toMonthEnd")}
              hint={t("toMonthEndHint")}
              checked={expiry.toMonthEnd}
              onChange={(event) => change({ toMonthEnd: event.target.checked })}
            />
          )}
          {kind !== "inactive" && (
            <Switch
              label={t("extends")}
              hint={t("extendsHint")}
              checked={expiry.extends}
              onChange={(event) => change({ extends: event.target.checked })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function DateFields({ draft }: { draft: Draft }) {
  const t = useTranslations("tiers.points");
  const form = useTranslations("tiers.form");
  const locale = useLocale();
  const { settings, set, mark } = draft;
  const { expiry } = settings;
  const change = (part: Partial<typeof expiry>) => set("expiry", { ...expiry, ...part });
  const put = (name: "day" | "minDays") => (value: bigint | null | undefined) => {
    mark(`expiry.${name}`, value !== undefined);
    if (value !== undefined) change({ [name]: Number(value ?? 0n) });
  };
  const months = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  return (
    <div className="grid grid-cols-2 items-start gap-5 sm:grid-cols-3">
      <NumberField
        label={t("day")}
        error={t("dayError")}
        value={BigInt(expiry.day)}
        onValue={put("day")}
        whole
        isRequired
        min={1n}
        max={31n}
      />
      <Field label={t("month")}>
        <Select value={expiry.month} onChange={(event) => change({ month: Number(event.target.value) })}>
          {Array.from({ length: 12 }, (_, index) => (
            <option key={index + 1} value={index + 1}>
              {months.format(new Date(Date.UTC(2024, index, 15)))}
            </option>
          ))}
        </Select>
      </Field>
      <NumberField
        label={t("minDays")}
        hint={t("minDaysHint")}
        error={form("daysError")}
        value={BigInt(expiry.minDays)}
        onValue={put("minDays")}
        unit={form("daysUnit")}
        whole
        max={366n}
        className="max-sm:col-span-2"
      />
    </div>
  );
}
