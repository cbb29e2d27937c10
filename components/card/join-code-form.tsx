"use client";
import { useState, useTransition } from "react";
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
  const [kept, setTyped] = useState(code);
  const [error, setError] = useState(given);
  const [isBusy, start] = useTransition();
  const submit = (form: FormData) => {
    const typed = form.get("code");
    const asked = typeof typed === "string" ? typed : "";
    setTyped(asked);
    start(async () => {
      const result = await openByJoinCode(null, { code: asked, locale }).catch(unanswered);
      if (!result.ok) setError(refusedText(refused, result.code === "invalid" ? "not_found" : result.code));
    });
  };
  return (
    <form action={submit} className="grid gap-3 text-left">
      <Field label={label} error={error}>
        <Input
          name="code"
          size="lg"
          required
          maxLength={30}
          defaultValue={kept}
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
