"use client";
import { LogOut } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOutPerson, signOutPersonEverywhere } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { unanswered } from "./answer";
import { forgetPages } from "./offline";
import { type RefusedTexts, refusedText } from "./refused-text";

/** Signs this phone out, or all of them; what was kept for offline goes first. */
export function SignOut({
  locale,
  texts,
  refused,
}: {
  locale: Locale;
  texts: { here: string; everywhere?: string };
  refused: RefusedTexts;
}) {
  const [error, setError] = useState<string>();
  const [isBusy, start] = useTransition();
  const leave = (sign: typeof signOutPerson) => () =>
    start(async () => {
      await forgetPages();
      const result = await sign(null, { locale }).catch(unanswered);
      if (!result.ok) setError(refusedText(refused, result.code));
    });
  return (
    <div className="grid gap-2">
      <Button variant="secondary" size="lg" busy={isBusy} onClick={leave(signOutPerson)}>
        <LogOut aria-hidden="true" />
        {texts.here}
      </Button>
      {texts.everywhere !== undefined && (
        <Button variant="ghost" size="lg" disabled={isBusy} onClick={leave(signOutPersonEverywhere)}>
          {texts.everywhere}
        </Button>
      )}
      <div role="alert">{error && <p className="text-sm text-danger">{error}</p>}</div>
    </div>
  );
}
