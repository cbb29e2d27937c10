"use client";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { sendPersonCode } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { CodeStep } from "./code-step";
import { RefusalSlot, useRefusal } from "./refusal";

type Props = { locale: Locale; to: string; hasMailbox: boolean };
type Sent = { email: string; resendAt: Date };

/** A person's way in: an address, then the code sent to it, on one page. */
export function PersonSignIn(props: Props) {
  const [sent, setSent] = useState<Sent>();
  const [email, setEmail] = useState("");
  if (sent)
    return (
      <CodeStep {...props} email={sent.email} resendAt={sent.resendAt} onBack={() => setSent(undefined)} />
    );
  return <EmailStep {...props} email={email} onEmail={setEmail} onSent={setSent} />;
}

function EmailStep({
  locale,
  email,
  onEmail,
  onSent,
}: Props & { email: string; onEmail: (email: string) => void; onSent: (sent: Sent) => void }) {
  const t = useTranslations("enter.person");
  const codes = useTranslations("codes.field");
  const [result, send, isSending] = useActionState<
    Awaited<ReturnType<typeof sendPersonCode>> | null,
    FormData
  >(async (previous, form) => {
    const answer = await sendPersonCode(previous, form);
    if (answer.ok) onSent({ email: email.trim(), resendAt: answer.value.resendAt });
    return answer;
  }, null);
  const refusal = useRefusal(result);
  const isInvalid = result?.ok === false && result.fields?.email !== undefined;
  return (
    <form action={send} className="grid">
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      <p className="mt-2 text-muted">{t("text")}</p>
      <input type="hidden" name="locale" value={locale} />
      <Field
        label={t("email")}
        hint={t("emailHint")}
        className="mt-6"
        error={isInvalid && codes("invalid_format")}
      >
        <Input
          size="lg"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          maxLength={254}
          value={email}
          onChange={(event) => onEmail(event.target.value)}
        />
      </Field>
      <RefusalSlot text={isInvalid ? undefined : refusal} />
      <Button type="submit" size="lg" busy={isSending} className="w-full">
        {t("send")}
      </Button>
    </form>
  );
}
