"use client";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Locale } from "@/lib/platform/i18n/locales";
import { openByJoinCode } from "./actions";
import { unanswered } from "./answer";
import { type RefusedTexts, refusedText } from "./refused-text";

/** The code a business shows on its poster, for who cannot scan it. */
export function JoinCodeForm({
  locale,
  code = "",
  label,
  go,
  refused,
  error: given,
}: {
  locale: Locale;
  code?: string;
  label: string;
  go: string;
  refused: RefusedTexts;
  error?: string | undefined;
}) {
  const [error, setError] = useState(given);
  const [isBusy, start] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("locale", locale);
    start(async () => {
      const result = await openByJoinCode(null, form).catch(unanswered);
      if (!result.ok) setError(refusedText(refused, result.code === "invalid" ? "not_found" : result.code));
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3 text-left">
      <Field label={label} error={error}>
        <Input
          name="code"
          size="lg"
          required
          maxLength={30}
          defaultValue={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          className="uppercase"
        />
      </Field>
      <Button type="submit" size="lg" busy={isBusy}>
        {go}
      </Button>
    </form>
  );
}
