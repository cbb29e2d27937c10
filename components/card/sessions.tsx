import { Smartphone } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { listSessions, type SignedInPerson } from "@/lib/access";
import { deviceName } from "./device";
import { RevokeSession } from "./session-row";
import { cardWords } from "./words";

/** Where a person is signed in, each place to be ended by itself. */
export async function Sessions({ person }: { person: SignedInPerson }) {
  const [all, { t, f }] = await Promise.all([
    listSessions(person),
    // A sign-in belongs to no business, so its date has no zone but the world's.
    cardWords({ zone: "UTC", currency: "EUR" }),
  ]);
  return (
    <section aria-labelledby="sessions" className="panel p-5">
      <h2 id="sessions" className="text-base font-semibold">
        {t("profile.sessions")}
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {all.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-3 last:pb-0">
            <Smartphone aria-hidden="true" className="size-5 shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                {deviceName(session.userAgent) ?? t("profile.unknownDevice")}
              </span>
              <span className="block text-sm text-muted">
                {t("profile.since", { date: f.date(session.signedInAt) })}
              </span>
            </span>
            {session.isThis ? (
              <Badge tone="brand">{t("profile.thisDevice")}</Badge>
            ) : (
              <RevokeSession id={session.id} label={t("profile.end")} failed={t("refused.internal")} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
