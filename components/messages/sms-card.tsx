"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { testSms } from "@/lib/messaging/actions";
import type { SmsGateway } from "@/lib/messaging/schema";
import type { RulesDraft } from "./rules-form";

const START: Readonly<Record<SmsGateway["kind"], SmsGateway>> = {
  off: { kind: "off" },
  twilio: { kind: "twilio", baseUrl: "https://api.twilio.com", account: "", from: "" },
  http: {
    kind: "http",
    url: "",
    body: '{"to":"{to}","text":"{text}"}',
    form: "json",
    header: "Authorization: Bearer {key}",
    from: "",
    idPath: "",
  },
};

/** The SMS gateway: one that speaks like Twilio, or any other described by its request. */
export function SmsCard({ draft, has, kept }: { draft: RulesDraft; has: boolean; kept: SmsGateway }) {
  const t = useTranslations("messaging.office.rules");
  const gateway = draft.settings.sms;
  const set = (sms: SmsGateway) => draft.set({ sms });
  return (
    <Card>
      <CardHeader className={gateway.kind === "off" ? "flex-wrap pb-5" : "flex-wrap"}>
        <CardTitle>{t("sms")}</CardTitle>
        <Segmented
          name="sms"
          legend={t("smsKind")}
          className="flex-wrap"
          value={gateway.kind}
          onValueChange={(kind) => set(kind === kept.kind ? kept : START[kind])}
          options={[
            { value: "off", label: t("smsOff") },
            { value: "twilio", label: t("smsTwilio") },
            { value: "http", label: t("smsHttp") },
          ]}
        />
      </CardHeader>
      {gateway.kind !== "off" && (
        <CardBody className="grid gap-4">
          {gateway.kind === "twilio" ? (
            <Twilio gateway={gateway} set={set} errorOf={draft.errorOf} />
          ) : (
            <Http gateway={gateway} set={set} errorOf={draft.errorOf} />
          )}
          <Field label={t("key")} hint={has ? t("keyKept") : t("keyNone")}>
            <Input
              type="password"
              autoComplete="off"
              value={draft.keys.sms}
              placeholder={has ? "••••••••" : ""}
              onChange={(event) => draft.setKey("sms", event.target.value)}
            />
          </Field>
          {kept.kind !== "off" && <TestSms />}
        </CardBody>
      )}
    </Card>
  );
}

type Part<Kind extends SmsGateway["kind"]> = {
  gateway: Extract<SmsGateway, { kind: Kind }>;
  set: (gateway: SmsGateway) => void;
  errorOf: (path: string) => string | undefined;
};

function Twilio({ gateway, set, errorOf }: Part<"twilio">) {
  const t = useTranslations("messaging.office.rules");
  const text = (name: "baseUrl" | "account" | "from", label: string) => (
    <Field label={label} error={errorOf(`settings.sms.${name}`)}>
      <Input
        value={gateway[name]}
        required
        onChange={(event) => set({ ...gateway, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      {text("baseUrl", t("baseUrl"))}
      {text("account", t("account"))}
      {text("from", t("sender"))}
    </>
  );
}

function Http({ gateway, set, errorOf }: Part<"http">) {
  const t = useTranslations("messaging.office.rules");
  const common = useTranslations("common");
  const text = (name: "url" | "from" | "header" | "idPath", label: string) => (
    <Field
      label={label}
      error={errorOf(`settings.sms.${name}`)}
      {...(name === "url" ? {} : { optional: common("optional") })}
    >
      <Input
        value={gateway[name]}
        required={name === "url"}
        onChange={(event) => set({ ...gateway, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      {text("url", t("baseUrl"))}
      <Segmented
        name="form"
        legend={t("form")}
        value={gateway.form}
        onValueChange={(form) => set({ ...gateway, form })}
        options={[
          { value: "json", label: "JSON" },
          { value: "form", label: "x-www-form-urlencoded" },
        ]}
        className="justify-self-start"
      />
      <Field label={t("body")} hint={t("bodyHint")} error={errorOf("settings.sms.body")}>
        <Textarea
          value={gateway.body}
          rows={3}
          required
          className="font-mono text-sm"
          onChange={(event) => set({ ...gateway, body: event.target.value })}
        />
      </Field>
      {text("header", t("header"))}
      {text("from", t("sender"))}
      {text("idPath", t("idPath"))}
    </>
  );
}

/** Tries the gateway as it is kept. */
function TestSms() {
  const t = useTranslations("messaging.office.rules");
  const [to, setTo] = useState("");
  const { run, isPending, failure } = useAct(testSms, { said: t("tested") });
  return (
    <div className="grid gap-3 rounded-lg bg-sunken p-4">
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t("testTo")} className="min-w-40 flex-1">
          <Input type="tel" value={to} maxLength={30} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Button variant="secondary" busy={isPending} disabled={to === ""} onClick={() => run({ to })}>
          {t("test")}
        </Button>
      </div>
      <FailureNotice failure={failure} />
    </div>
  );
}
