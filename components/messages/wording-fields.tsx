"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { LANGUAGES, type Spoken, VARIABLES } from "@/lib/messaging/model";
import { LOCALE_NAMES } from "@/lib/platform/i18n/locales";
import { Fallbacks } from "./fallbacks";
import type { Drafted } from "./template-draft";

const NAMES = Object.keys(VARIABLES) as VariableName[];
type VariableName =
  | "name"
  | "gender"
  | "business"
  | "points"
  | "tier"
  | "visits"
  | "daysSinceVisit"
  | "burningPoints"
  | "burningOn"
  | "offerPoints"
  | "promoCode"
  | "reward"
  | "offerUntil"
  | "item"
  | "itemCategory"
  | "missing"
  | "friend";

/** The words in one language: what everybody sees, and what differs by mail and SMS. Variables go in at the cursor. */
export function WordingFields({ drafted }: { drafted: Drafted }) {
  const t = useTranslations("messaging.office.editor");
  const variables = useTranslations("messaging.office.variable");
  const { wording, setWording, language, setLanguage } = drafted;
  const last = useRef<{ field: Spoken; at: number }>({ field: "text", at: wording.text.length });
  const bind = (field: Spoken) => {
    const note = (event: { target: HTMLInputElement | HTMLTextAreaElement }) => {
      last.current = { field, at: event.target.selectionStart ?? event.target.value.length };
    };
    return {
      value: wording[field] ?? "",
      onChange: (event: { target: HTMLInputElement | HTMLTextAreaElement }) => {
        note(event);
        setWording({ [field]: event.target.value });
      },
      onBlur: note,
    };
  };
  const insert = (name: string) => {
    const { field, at } = last.current;
    const text = wording[field] ?? "";
    const said = name === "gender" ? "{gender, select, female {} male {} other {}}" : `{${name}}`;
    setWording({ [field]: text.slice(0, at) + said + text.slice(at) });
    last.current = { field, at: at + said.length };
  };
  return (
    <div className="grid gap-4">
      <Segmented
        name="language"
        legend={t("language")}
        value={language}
        onValueChange={setLanguage}
        options={LANGUAGES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
        className="justify-self-start"
      />
      <Field label={t("titleField")}>
        <Input {...bind("title")} lang={language} maxLength={200} />
      </Field>
      <Field label={t("textField")}>
        <Textarea {...bind("text")} lang={language} maxLength={2000} rows={4} />
      </Field>
      <div role="group" aria-label={t("variables")} className="flex flex-wrap gap-1.5">
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => insert(name)}
            className="min-h-8 rounded-full border px-2.5 text-sm text-muted hover:bg-sunken hover:text-ink"
          >
            {variables(name)}
          </button>
        ))}
      </div>
      <Fallbacks
        wording={wording}
        legend={t("fallbacks")}
        labelOf={(name) => variables(NAMES.find((one) => one === name) ?? "name")}
        onChange={(fallbacks) => setWording({ fallbacks })}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("button")}>
          <Input {...bind("button")} lang={language} maxLength={60} />
        </Field>
        <Field label={t("url")} hint={t("urlHint")}>
          <Input {...bind("url")} maxLength={500} placeholder="/card" />
        </Field>
      </div>
      <details className="rounded-lg border px-4 py-3">
        <summary className="cursor-pointer font-medium">{t("more")}</summary>
        <div className="mt-4 grid gap-4">
          <Field label={t("subject")}>
            <Input {...bind("subject")} lang={language} maxLength={200} placeholder={wording.title} />
          </Field>
          <Field label={t("mail")}>
            <Textarea
              {...bind("mail")}
              lang={language}
              maxLength={10_000}
              rows={6}
              placeholder={wording.text}
            />
          </Field>
          <Field label={t("sms")}>
            <Textarea {...bind("sms")} lang={language} maxLength={1000} rows={3} placeholder={wording.text} />
          </Field>
        </div>
      </details>
    </div>
  );
}
