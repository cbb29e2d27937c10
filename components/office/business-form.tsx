"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { updateBusiness } from "@/lib/access/actions";
import { isHexColor } from "@/lib/kernel/color";
import { LOCALE_NAMES, LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { CardPreview } from "./card-preview";
import { FailureNotice, useFieldError } from "./failure-notice";
import { useAct } from "./use-act";

type Profile = { name: string; currency: string; locale: string; zone: string; accent: string };
const ACCENTS = [
  "#0c6b58",
  "#1d4ed8",
  "#7c3aed",
  "#be185d",
  "#b91c1c",
  "#c2410c",
  "#a16207",
  "#111827",
] as const;

/** The business's profile, with a member's card drawn as it is changed. */
export function BusinessForm({
  profile,
  currencies,
  zones,
}: {
  profile: Profile;
  currencies: readonly { value: string; label: string }[];
  zones: readonly string[];
}) {
  const t = useTranslations("office.business");
  const common = useTranslations("common");
  const [draft, setDraft] = useState(profile);
  const { run, isPending, failure } = useAct(updateBusiness, { said: t("done") });
  const errorOf = useFieldError(failure);
  const set = (part: Partial<Profile>) => setDraft((before) => ({ ...before, ...part }));
  const language = LOCALES.find((one) => one === draft.locale) ?? "en";
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            run({ ...draft, locale: language });
          }}
        >
          <CardBody className="grid items-start gap-5 sm:grid-cols-2">
            <Field label={t("name")} error={errorOf("name")} className="sm:col-span-2">
              <Input
                value={draft.name}
                maxLength={100}
                onChange={(event) => set({ name: event.target.value })}
                required
              />
            </Field>
            <Field label={t("currency")} hint={t("currencyHint")} error={errorOf("currency")}>
              <Select value={draft.currency} onChange={(event) => set({ currency: event.target.value })}>
                {currencies.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t("locale")} hint={t("localeHint")}>
              <Select value={language} onChange={(event) => set({ locale: event.target.value })}>
                {LOCALES.map((one: Locale) => (
                  <option key={one} value={one}>
                    {LOCALE_NAMES[one]}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t("zone")} hint={t("zoneHint")} error={errorOf("zone")} className="sm:col-span-2">
              <Select value={draft.zone} onChange={(event) => set({ zone: event.target.value })}>
                {zones.map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll("_", " ")}
                  </option>
                ))}
              </Select>
            </Field>
            <fieldset className="grid gap-2 sm:col-span-2">
              <legend className="mb-1.5 text-sm font-medium">{t("accent")}</legend>
              <div className="flex flex-wrap items-center gap-2.5">
                {ACCENTS.map((color) => (
                  <button
                    key={color}
                    type="button"
                    aria-label={t("color", { color })}
                    aria-pressed={draft.accent === color}
                    onClick={() => set({ accent: color })}
                    style={{ background: color }}
                    className="size-10 rounded-full ring-offset-2 ring-offset-surface aria-pressed:ring-2 aria-pressed:ring-ink"
                  />
                ))}
                <input
                  type="color"
                  aria-label={t("otherColor")}
                  value={isHexColor(draft.accent) ? draft.accent : ACCENTS[0]}
                  onChange={(event) => set({ accent: event.target.value })}
                  className="h-10 w-16 cursor-pointer rounded-md border bg-surface p-1"
                />
              </div>
              <p className="text-sm text-faint">{t("accentHint")}</p>
            </fieldset>
            <FailureNotice failure={failure} className="sm:col-span-2" />
          </CardBody>
          <CardFooter>
            <Button type="submit" busy={isPending}>
              {common("save")}
            </Button>
          </CardFooter>
        </form>
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>{t("preview")}</CardTitle>
        </CardHeader>
        <CardBody>
          <CardPreview name={draft.name} accent={draft.accent} locale={language} />
        </CardBody>
      </Card>
    </div>
  );
}
