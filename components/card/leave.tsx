"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import type { Locale } from "@/lib/platform/i18n/locales";
import { leaveForGood } from "./actions";
import { unanswered } from "./answer";
import { forgetPages } from "./offline";
import { type RefusedTexts, refusedText } from "./refused-text";

/** Leaves the business and has everything deleted: unfolded first, then ticked, then pressed. */
export function LeaveForGood({
  slug,
  locale,
  texts,
  refused,
}: {
  slug: string;
  locale: Locale;
  texts: { open: string; title: string; text: string; check: string; confirm: string };
  refused: RefusedTexts;
}) {
  const [isSure, setSure] = useState(false);
  const [error, setError] = useState<string>();
  const [isBusy, start] = useTransition();
  const leave = () =>
    start(async () => {
      const result = await leaveForGood(null, { slug }).catch(unanswered);
      if (!result.ok) {
        setError(refusedText(refused, result.code));
        return;
      }
      await forgetPages();
      // Anew from the server: whoever has no other card is not signed in any more.
      window.location.assign(`/${locale}/card`);
    });
  return (
    <details className="group">
      <summary className="w-fit cursor-pointer rounded-sm py-1 text-danger underline-offset-2 hover:underline">
        {texts.open}
      </summary>
      <div className="mt-3 grid gap-3">
        <p className="font-medium">{texts.title}</p>
        <p className="text-muted">{texts.text}</p>
        <Checkbox label={texts.check} checked={isSure} onChange={(event) => setSure(event.target.checked)} />
        <Button variant="danger" size="lg" disabled={!isSure} busy={isBusy} onClick={leave}>
          {texts.confirm}
        </Button>
        <div role="alert">{error && <p className="text-sm text-danger">{error}</p>}</div>
      </div>
    </details>
  );
}
