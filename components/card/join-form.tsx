"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { sendPersonCode } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { joinSignedIn, joinWithCode } from "./actions";
import { unanswered } from "./answer";
import { CodeEntry, type CodeEntryTexts } from "./code-entry";
import { type RefusedTexts, refusedText } from "./refused-text";

type Joining = { slug: string; invite: string; locale: Locale; refused: RefusedTexts };

/** From an e-mail to a card by the letter's code. */
export function JoinForm({ texts, refused, ...joining }: Joining & { texts: CodeEntryTexts }) {
  return (
    <CodeEntry
      texts={texts}
      refused={refused}
      send={(email) => sendPersonCode(null, { email, locale: joining.locale })}
      enter={(email, code) => joinWithCode(null, { ...joining, email, code })}
    />
  );
}

/** Joining for whoever is signed in already. */
export function JoinButton({ label, refused, ...joining }: Joining & { label: string }) {
  const [error, setError] = useState<string>();
  const [isBusy, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await joinSignedIn(null, joining).catch(unanswered);
      if (!result.ok) setError(refusedText(refused, result.code));
    });
  return (
    <div className="grid gap-3">
      <Button size="lg" busy={isBusy} onClick={press}>
        {label}
      </Button>
      <div role="alert">{error && <p className="text-sm text-danger">{error}</p>}</div>
    </div>
  );
}
