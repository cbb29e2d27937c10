"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RulesDraft } from "./rules-form";

/** Notifications, mail and Telegram: on or off, and what each needs. */
export function ChannelCards({
  draft: { settings, set, keys, setKey, errorOf },
  has,
  transport,
}: {
  draft: RulesDraft;
  has: { telegram: boolean };
  transport: "resend" | "smtp" | "mailbox";
}) {
  const t = useTranslations("messaging.office.rules");
  const common = useTranslations("common");
  const { push, email, telegram } = settings;
  return (
    <>
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("push")}</CardTitle>
            <CardDescription>{t("pushText")}</CardDescription>
          </div>
        </CardHeader>
        <CardBody>
          <Switch
            label={t("on")}
            checked={push.isOn}
            onChange={(event) => set({ push: { isOn: event.target.checked } })}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("email")}</CardTitle>
            <CardDescription>{t(`emailBy.${transport}`)}</CardDescription>
          </div>
        </CardHeader>
        <CardBody className="grid gap-4">
          <Switch
            label={t("on")}
            checked={email.isOn}
            onChange={(event) => set({ email: { ...email, isOn: event.target.checked } })}
          />
          <Field label={t("replyTo")} optional={common("optional")} error={errorOf("settings.email.replyTo")}>
            <Input
              type="email"
              value={email.replyTo}
              maxLength={200}
              onChange={(event) => set({ email: { ...email, replyTo: event.target.value } })}
            />
          </Field>
        </CardBody>
      </Card>
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("telegram")}</CardTitle>
            <CardDescription>
              {telegram.bot ? t("bot", { name: telegram.bot }) : t("telegramText")}
            </CardDescription>
          </div>
        </CardHeader>
        <CardBody className="grid gap-4">
          <Switch
            label={t("on")}
            checked={telegram.isOn}
            onChange={(event) => set({ telegram: { ...telegram, isOn: event.target.checked } })}
          />
          {telegram.isOn && (
            <Field
              label={t("key")}
              hint={has.telegram ? t("keyKept") : t("keyNone")}
              error={errorOf("telegram")}
            >
              <Input
                type="password"
                autoComplete="off"
                value={keys.telegram}
                placeholder={has.telegram ? "••••••••" : "123456:ABC…"}
                onChange={(event) => setKey("telegram", event.target.value)}
              />
            </Field>
          )}
        </CardBody>
      </Card>
    </>
  );
}
