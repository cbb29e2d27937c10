"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { accentOf } from "@/lib/kernel/color";
import { type Language, render, SAMPLES, type Said, type Wording } from "@/lib/messaging/model";

const VIEWS = ["lock", "letter", "inbox"] as const;
type Business = { readonly name: string; readonly accent: string };

/** How a member will see it, with sample values: on a lock screen, as a letter, in the card. */
export function TemplatePreview({
  wording,
  language,
  business,
}: {
  wording: Wording;
  language: Language;
  business: Business;
}) {
  const t = useTranslations("messaging.office.editor");
  const [view, setView] = useState<(typeof VIEWS)[number]>("lock");
  const rendering = render(wording, language, { ...SAMPLES, business: business.name });
  const Shown = { lock: LockScreen, letter: Letter, inbox: Inbox }[view];
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>{t("preview")}</CardTitle>
        <Segmented
          name="view"
          legend={t("preview")}
          value={view}
          onValueChange={setView}
          options={VIEWS.map((one) => ({ value: one, label: t(one) }))}
        />
      </CardHeader>
      <CardBody>
        {rendering.ok ? (
          <div lang={language}>
            <Shown said={rendering.said} business={business} />
          </div>
        ) : (
          <Notice tone="danger">{t("broken")}</Notice>
        )}
      </CardBody>
    </Card>
  );
}

/** Cut as phones cut: one line of title, three of text. */
function LockScreen({ said, business }: { said: Said; business: Business }) {
  const t = useTranslations("messaging.office.editor");
  return (
    <div className="mx-auto flex min-h-72 max-w-72 flex-col gap-3 rounded-[2rem] bg-linear-to-b from-[#1e293b] to-[#475569] px-3 pt-10 pb-5 text-white">
      <p aria-hidden="true" className="text-center text-4xl font-light tabular-nums">
        9:41
      </p>
      <div className="mt-auto rounded-2xl bg-white/92 p-3 text-[#111827]">
        <p className="flex items-center gap-1.5 text-xs text-[#4b5563]">
          <span aria-hidden="true" className="size-4 rounded-sm" style={{ background: business.accent }} />
          <span className="min-w-0 flex-1 truncate">{business.name}</span>
          {t("now")}
        </p>
        <p className="mt-1 truncate text-sm font-semibold">{said.title}</p>
        <p className="line-clamp-3 text-sm">{said.text}</p>
      </div>
    </div>
  );
}

function Letter({ said, business }: { said: Said; business: Business }) {
  const { light } = accentOf(business.accent);
  const paragraphs = (said.mail ?? said.text).split(/\n{2,}/);
  return (
    <div className="rounded-lg border bg-[#f4f4f1] p-3 text-[#1f2328]">
      <p className="truncate border-b border-[#e3e3de] pb-2 text-sm">
        <strong>{business.name}</strong> · {said.subject ?? said.title}
      </p>
      <div className="mt-3 rounded-xl bg-white p-4">
        <p className="text-xs font-bold text-[#5b6068]">{business.name}</p>
        <p className="mt-3 text-lg leading-6 font-semibold wrap-anywhere">{said.title}</p>
        {paragraphs.map((paragraph, index) => (
          <p key={`${index} ${paragraph}`} className="mt-2 text-sm whitespace-pre-line wrap-anywhere">
            {paragraph}
          </p>
        ))}
        {said.url && (
          <span
            className="mt-3 inline-block rounded-lg px-4 py-2 text-sm font-semibold"
            style={{ background: light.fill, color: light.onFill }}
          >
            {said.button ?? business.name}
          </span>
        )}
      </div>
    </div>
  );
}

function Inbox({ said, business }: { said: Said; business: Business }) {
  const t = useTranslations("messaging.office.editor");
  const { light } = accentOf(business.accent);
  return (
    <div className="panel rounded-lg p-4">
      <p className="font-semibold wrap-anywhere">{said.title}</p>
      <p className="mt-0.5 whitespace-pre-line wrap-anywhere">{said.text}</p>
      <div className="mt-2.5 flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm text-faint">{t("now")}</span>
        {said.url && said.button && (
          <span
            className="rounded-md px-3 py-1.5 text-sm font-medium"
            style={{ background: light.fill, color: light.onFill }}
          >
            {said.button}
          </span>
        )}
      </div>
    </div>
  );
}
