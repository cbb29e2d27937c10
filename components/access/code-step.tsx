"use client";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useEffect, useRef, useState } from "react";
import { enterPersonCode, sendPersonCode } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { MailboxHint } from "./mailbox-hint";
import { RefusalSlot, useRefusal } from "./refusal";

const DIGITS = 6;

/** The second step: six digits, sent by themselves as soon as they are all there, typed, pasted or filled in by the phone. */
export function CodeStep({
  locale,
  to,
  hasMailbox,
  email,
  resendAt,
  onBack,
}: {
  locale: Locale;
  to: string;
  hasMailbox: boolean;
  email: string;
  resendAt: Date;
  onBack: () => void;
}) {
  const t = useTranslations("enter.person");
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const [result, enter, isEntering] = useActionState<
    Awaited<ReturnType<typeof enterPersonCode>> | null,
    string
  >(async (previous, digits) => {
    const answer = await enterPersonCode(previous, { email, code: digits, locale, to });
    if (!answer.ok && answer.code === "code_wrong") setCode("");
    field.current?.focus();
    return answer;
  }, null);
  const refusal = useRefusal(result);
  useEffect(() => field.current?.focus(), []);

  const change = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, DIGITS);
    setCode(digits);
    if (digits.length === DIGITS && digits !== code) startTransition(() => enter(digits));
  };
  return (
    <div className="grid">
      <h1 className="text-2xl font-semibold tracking-tight">{t("codeTitle")}</h1>
      <p className="mt-2 break-words text-muted">{t("codeText", { email })}</p>
      <form
        className="mt-6 grid"
        onSubmit={(event) => {
          event.preventDefault();
          startTransition(() => enter(code));
        }}
      >
        <Field label={t("code")}>
          <Input
            ref={field}
            size="xl"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            pattern="\d{6}"
            value={code}
            onChange={(event) => change(event.target.value)}
            readOnly={isEntering}
            className="text-center text-3xl font-semibold tracking-[0.35em] tabular-nums"
          />
        </Field>
        <RefusalSlot text={isEntering ? undefined : refusal} />
        <Button type="submit" size="lg" busy={isEntering} className="w-full">
          {t("submit")}
        </Button>
      </form>
      <Resend locale={locale} email={email} firstAt={resendAt} />
      <Button variant="ghost" className="w-full" onClick={onBack}>
        {t("another")}
      </Button>
      {hasMailbox && (
        <div className="mt-4">
          <MailboxHint locale={locale} />
        </div>
      )}
    </div>
  );
}

function Resend({ locale, email, firstAt }: { locale: Locale; email: string; firstAt: Date }) {
  const t = useTranslations("enter.person");
  const [at, setAt] = useState(firstAt);
  const seconds = useSecondsUntil(at);
  const [result, send, isSending] = useActionState(
    async (previous: Awaited<ReturnType<typeof sendPersonCode>> | null) => {
      const answer = await sendPersonCode(previous, { email, locale });
      if (answer.ok) setAt(answer.value.resendAt);
      return answer;
    },
    null,
  );
  const refusal = useRefusal(result);
  return (
    <div className="mt-2 grid">
      <Button
        variant="ghost"
        className="w-full tabular-nums"
        busy={isSending}
        disabled={seconds > 0}
        onClick={() => startTransition(send)}
      >
        {seconds > 0 ? t("resendIn", { seconds }) : t("resend")}
      </Button>
      {result && !isSending && (
        <Notice tone={result.ok ? "success" : "danger"} live className="my-2">
          {result.ok ? t("resent") : refusal}
        </Notice>
      )}
    </div>
  );
}

function useSecondsUntil(at: Date): number {
  const [seconds, setSeconds] = useState(() => Math.ceil((at.getTime() - Date.now()) / 1000));
  useEffect(() => {
    const count = () => setSeconds(Math.max(0, Math.ceil((at.getTime() - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
