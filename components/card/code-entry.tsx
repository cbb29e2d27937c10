"use client";
import { useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Answer, unanswered } from "./answer";
import { type RefusedTexts, refusedText } from "./refused-text";

export type CodeEntryTexts = {
  email: string;
  emailHint: string;
  send: string;
  code: string;
  /** With `{email}` in it. */
  sent: string;
  enter: string;
  again: string;
  /** With `{seconds}` in it. */
  wait: string;
  other: string;
};

const RESEND_S = 45;
const CODE_LENGTH = 6;

/** E-mail, then the code from the letter: how a person signs in, alone or while joining. */
export function CodeEntry({
  texts,
  refused,
  send,
  enter,
}: {
  texts: CodeEntryTexts;
  refused: RefusedTexts;
  send: (email: string) => Promise<Answer<unknown>>;
  enter: (email: string, code: string) => Promise<Answer<unknown>>;
}) {
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const [error, setError] = useState<string>();
  const [isBusy, start] = useTransition();
  const [waiting, restart] = useCountdown();

  const sendTo = (address: string) => {
    // A form is cleared once it is sent off; what was typed stays for the case that it has to be put right.
    setEmail(address);
    start(async () => {
      setError(undefined);
      const result = await send(address).catch(unanswered);
      if (!result.ok) return setError(refusedText(refused, result.code));
      setSent(true);
      restart(RESEND_S);
    });
  };
  const enterCode = (code: string) =>
    start(async () => {
      setError(undefined);
      const result = await enter(email, code).catch(unanswered);
      // Where it went well, the answer leads on to another page.
      if (!result.ok) setError(refusedText(refused, result.code));
    });

  if (!isSent)
    return <EmailStep texts={texts} error={error} isBusy={isBusy} email={email} onSubmit={sendTo} />;
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted wrap-anywhere">{texts.sent.replace("{email}", email)}</p>
      <CodeStep texts={texts} error={error} isBusy={isBusy} onSubmit={enterCode} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Button variant="link" disabled={isBusy || waiting > 0} onClick={() => sendTo(email)}>
          {waiting > 0 ? texts.wait.replace("{seconds}", String(waiting)) : texts.again}
        </Button>
        <Button
          variant="link"
          onClick={() => {
            setSent(false);
            setError(undefined);
          }}
        >
          {texts.other}
        </Button>
      </div>
    </div>
  );
}

type Step = { texts: CodeEntryTexts; error: string | undefined; isBusy: boolean };

function EmailStep({
  texts,
  error,
  isBusy,
  email,
  onSubmit,
}: Step & { email: string; onSubmit: (email: string) => void }) {
  const submit = (form: FormData) => {
    const typed = form.get("email");
    if (typeof typed === "string") onSubmit(typed.trim());
  };
  return (
    <form action={submit} className="grid gap-4">
      <Field label={texts.email} hint={texts.emailHint} error={error}>
        <Input
          name="email"
          type="email"
          size="lg"
          required
          maxLength={254}
          defaultValue={email}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="next"
          placeholder="name@example.com"
        />
      </Field>
      <Button type="submit" size="lg" busy={isBusy}>
        {texts.send}
      </Button>
    </form>
  );
}

function CodeStep({ texts, error, isBusy, onSubmit }: Step & { onSubmit: (code: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const digits = () => (field.current?.value ?? "").replace(/\D/g, "");
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (!error) return;
    field.current?.focus();
    field.current?.select();
  }, [error]);
  const submit = () => {
    if (!isBusy && digits().length === CODE_LENGTH) onSubmit(digits());
  };
  return (
    <form action={submit} className="grid gap-4">
      <Field label={texts.code} error={error}>
        <Input
          ref={field}
          name="code"
          size="xl"
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[\d\s]*"
          maxLength={7}
          enterKeyHint="done"
          onInput={submit}
          className="text-center font-semibold tracking-[0.3em] tabular-nums"
        />
      </Field>
      <Button type="submit" size="lg" busy={isBusy}>
        {texts.enter}
      </Button>
    </form>
  );
}

/** Seconds left of a wait, counting down to zero. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return [left, setLeft];
}
