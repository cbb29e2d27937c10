"use client";
import { useTranslations } from "next-intl";
import { startTransition, useActionState } from "react";
import {
  revokePersonSession,
  revokeStaffSession,
  signOutPersonEverywhere,
  signOutStaffEverywhere,
} from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { RefusalSlot, useRefusal } from "./refusal";

export type ShownSession = { id: string; device: string | undefined; since: string; isThis: boolean };

/** The browsers somebody is signed in with; each but this one can be signed out, and all at once. */
export function Sessions({
  who,
  locale,
  sessions,
}: {
  who: "staff" | "person";
  locale: Locale;
  sessions: readonly ShownSession[];
}) {
  const t = useTranslations("enter.account");
  const [revoke, everywhere] =
    who === "staff"
      ? ([revokeStaffSession, signOutStaffEverywhere] as const)
      : ([revokePersonSession, signOutPersonEverywhere] as const);
  const [result, end, isEnding] = useActionState(
    async (previous: Awaited<ReturnType<typeof revoke>> | null, id: string) => await revoke(previous, { id }),
    null,
  );
  const [, leave, isLeaving] = useActionState(
    async (previous: Awaited<ReturnType<typeof everywhere>> | null) => await everywhere(previous, { locale }),
    null,
  );
  return (
    <>
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 py-3">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{session.device ?? t("unknown")}</span>
              <span className="block text-sm text-faint">{t("since", { date: session.since })}</span>
            </span>
            {session.isThis ? (
              <Badge tone="success">{t("this")}</Badge>
            ) : (
              <Button
                variant="secondary"
                size="sm"
                disabled={isEnding}
                onClick={() => startTransition(() => end(session.id))}
              >
                {t("revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalSlot text={useRefusal(result)} />
      <Button variant="secondary" busy={isLeaving} onClick={() => startTransition(leave)}>
        {t("everywhere")}
      </Button>
    </>
  );
}
