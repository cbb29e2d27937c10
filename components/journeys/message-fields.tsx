"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Fallbacks } from "@/components/messages/fallbacks";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { Vocabulary } from "@/lib/journeys";
import type { PlainStep } from "@/lib/journeys/schema";
import { CHANNELS, KINDS, PURPOSES } from "@/lib/messaging/model";
import { LOCALES, type Locale } from "@/lib/platform/i18n/locales";
import { Pick } from "./small-fields";

type Message = Extract<PlainStep, { kind: "message" }>;
const VARIABLES = "{name} {points} {burningPoints} {burningOn} {tier} {item} {missing} {business}";

/** What a message says and how it goes: a template, or words of its own in each language. */
export function MessageFields({
  step,
  words,
  onChange,
}: {
  step: Message;
  words: Vocabulary;
  onChange: (step: Message) => void;
}) {
  const t = useTranslations("journeys");
  const templates = [
    { value: "", label: t("field.own") },
    ...words.templates.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className="grid gap-4">
      {words.templates.length > 0 && (
        <Pick
          label={t("field.template")}
          value={step.templateId ?? ""}
          options={templates}
          onChange={(id) =>
            onChange(
              id === ""
                ? { ...step, templateId: null, content: step.content ?? { locales: {} } }
                : { ...step, templateId: id },
            )
          }
        />
      )}
      {step.templateId === null && <Wording step={step} onChange={onChange} />}
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("field.channels")}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {CHANNELS.map((channel) => (
            <Checkbox
              key={channel}
              label={t(`channel.${channel}`)}
              checked={step.channels.includes(channel)}
              disabled={channel === "inbox"}
              onChange={(event) => {
                const isOn = event.currentTarget.checked;
                onChange({
                  ...step,
                  channels: CHANNELS.filter((one) => (one === channel ? isOn : step.channels.includes(one))),
                });
              }}
            />
          ))}
        </div>
        <p className="mt-1 text-sm text-faint">{t("field.channelsHint")}</p>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Pick
          label={t("field.purpose")}
          value={step.purpose}
          options={PURPOSES.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
          onChange={(purpose) => onChange({ ...step, purpose })}
        />
        <Pick
          label={t("field.about")}
          value={step.about}
          options={KINDS.map((one) => ({ value: one, label: t(`about.${one}`) }))}
          onChange={(about) => onChange({ ...step, about })}
        />
      </div>
    </div>
  );
}

function Wording({ step, onChange }: { step: Message; onChange: (step: Message) => void }) {
  const t = useTranslations("journeys.field");
  const page = useLocale();
  const [locale, setLocale] = useState<Locale>(LOCALES.find((one) => one === page) ?? "en");
  const said = step.content?.locales[locale] ?? { title: "", text: "" };
  const set = (part: Partial<typeof said>) =>
    onChange({
      ...step,
      content: { ...step.content, locales: { ...step.content?.locales, [locale]: { ...said, ...part } } },
    });
  return (
    <div className="grid gap-4">
      <Segmented
        name={`language-${step.id}`}
        legend={t("language")}
        value={locale}
        onValueChange={setLocale}
        options={LOCALES.map((one) => ({ value: one, label: one.toUpperCase() }))}
      />
      <Field label={t("title")}>
        <Input
          value={said.title}
          maxLength={200}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
      </Field>
      <Field label={t("text")} hint={t("variables", { list: VARIABLES })}>
        <Textarea
          value={said.text}
          maxLength={2_000}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      </Field>
      <Fallbacks
        wording={said}
        legend={t("fallbacks")}
        labelOf={(name) => `{${name}}`}
        onChange={(fallbacks) => set({ fallbacks })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("button")}>
          <Input
            value={said.button ?? ""}
            maxLength={60}
            onChange={(event) => set({ button: event.currentTarget.value })}
          />
        </Field>
        <Field label={t("url")}>
          <Input
            value={said.url ?? ""}
            maxLength={500}
            placeholder="/card"
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
        </Field>
      </div>
    </div>
  );
}
