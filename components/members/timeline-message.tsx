import { Mail, MailX, Route } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { reasonKey } from "@/components/messages/reason-text";
import { Badge } from "@/components/ui/badge";
import { TimelineLine } from "./timeline-line";
import type { EntryOf } from "./timeline-parts";
import type { Reading } from "./timeline-reading";

const BAD = new Set(["failed", "refused", "bounced", "complained", "unsubscribed"]);
const GOOD = new Set(["delivered", "opened", "clicked", "read"]);

/** A message with everything that became of it. */
export async function TimelineMessage({ entry, reading }: { entry: EntryOf<"message">; reading: Reading }) {
  const { f } = reading;
  const [t, m] = await Promise.all([getTranslations("profile.timeline"), getTranslations("messaging")]);
  const reason = (code: string | null) => {
    if (code === null) return undefined;
    const { key, reason: raw } = reasonKey(code);
    return m(`refusal.${key}`, { reason: raw });
  };
  const name = (key: string) =>
    t.has(`reaction.${key}` as "reaction.sent") ? t(`reaction.${key}` as "reaction.sent") : key;
  const channel = (key: string | null) =>
    key !== null && m.has(`channel.${key}` as "channel.email") ? m(`channel.${key}` as "channel.email") : key;
  const isBad = entry.state === "failed" || entry.state === "refused";
  const [state, kind, by] = [`state.${entry.state}`, `kind.${entry.kind}`, `source.${entry.by}`] as const;
  return (
    <TimelineLine
      icon={isBad ? <MailX /> : <Mail />}
      tone={isBad ? "danger" : entry.state === "opened" || entry.state === "clicked" ? "success" : "info"}
      title={entry.title === null ? t("message") : t("messageTitle", { title: entry.title })}
      badge={
        <Badge tone={isBad ? "danger" : GOOD.has(entry.state) ? "success" : "neutral"}>
          {m(state as "state.sent")}
        </Badge>
      }
      facts={[
        f.date(entry.at, "time"),
        m.has(kind as "kind.offer") ? m(kind as "kind.offer") : entry.kind,
        channel(entry.channel),
        m.has(by as "source.staff") ? m(by as "source.staff") : undefined,
      ]}
    >
      {entry.reactions.length > 0 ? (
        <Steps>
          {entry.reactions.map((one) => (
            <Step
              key={`${one.kind}${one.at.getTime()}${one.reason ?? ""}`}
              tone={BAD.has(one.kind) ? "text-danger" : GOOD.has(one.kind) ? "text-success" : "text-muted"}
              when={whenOf(one.at, entry.at, f)}
            >
              {[name(one.kind), channel(one.channel), reason(one.reason)].filter(Boolean).join(" · ")}
            </Step>
          ))}
        </Steps>
      ) : (
        entry.refusal && <p className="text-sm text-muted">{reason(entry.refusal)}</p>
      )}
    </TimelineLine>
  );
}

/** A walk through a journey or a part in a campaign, with what its steps did. */
export async function TimelineJourney({ entry, reading }: { entry: EntryOf<"journey">; reading: Reading }) {
  const { f, locale } = reading;
  const [t, j] = await Promise.all([getTranslations("profile.timeline"), getTranslations("journeys")]);
  const kind = (key: string) => (j.has(`kind.${key}` as "kind.wait") ? j(`kind.${key}` as "kind.wait") : key);
  const isCampaign = entry.kind === "campaign";
  const href = isCampaign
    ? (`/${locale}/office/campaigns/${entry.journeyId}` as const)
    : (`/${locale}/office/journeys/${entry.journeyId}` as const);
  const run = `run.${entry.state}`;
  return (
    <TimelineLine
      icon={<Route />}
      title={
        <>
          {t(isCampaign ? "campaign" : "journey")}{" "}
          <Link href={href} className="text-brand underline underline-offset-2">
            {entry.name || j("list.untitled")}
          </Link>
        </>
      }
      badge={
        <Badge tone={entry.state === "goal" ? "success" : entry.state === "failed" ? "danger" : "neutral"}>
          {t.has(run as "run.done") ? t(run as "run.done") : entry.state}
        </Badge>
      }
      facts={[f.date(entry.at, "time")]}
    >
      {entry.steps.length > 0 && (
        <Steps>
          {entry.steps.map((one) => (
            <Step
              key={`${one.kind}${one.at.getTime()}`}
              tone={one.outcome === "done" ? "text-muted" : "text-danger"}
              when={whenOf(one.at, entry.at, f)}
            >
              {one.outcome === "done" ? kind(one.kind) : `${kind(one.kind)} · ${t("stepFailed")}`}
            </Step>
          ))}
        </Steps>
      )}
    </TimelineLine>
  );
}

/** The hour alone on the day the row stands on, the day as well on another. */
function whenOf(at: Date, day: Date, f: Reading["f"]): string {
  return f.date(at, f.date(at) === f.date(day) ? "time" : "dateTime");
}

function Steps({ children }: { children: ReactNode }) {
  return <ol className="grid gap-0.5 border-l-2 border-line pl-3 text-sm">{children}</ol>;
}

function Step({ tone, when, children }: { tone: string; when: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4">
      <span className={`min-w-0 wrap-anywhere ${tone}`}>{children}</span>
      <span className="text-faint tabular-nums">{when}</span>
    </li>
  );
}
