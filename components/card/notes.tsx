import { Clock3, Hourglass, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { lastMoment } from "@/components/program/reason-text";
import type { Programme } from "@/lib/program";
import { isAwaiting, visitsExtend } from "@/lib/program/model";
import type { Customer } from "@/lib/sales/model";
import type { OwnCard } from "./own-card";
import { cardWords, plural, tierWords } from "./words";

/** What the big number does not say: points on their way, points about to go, points owed. */
export async function Notes({
  card,
  figures,
  programme,
}: {
  card: OwnCard;
  figures: Customer;
  programme: Programme;
}) {
  const [{ t, f }, more] = await Promise.all([cardWords(card.business), tierWords()]);
  const { available, pending, pendingAt, expiring, expiresAt } = figures;
  const owed = available < 0n ? -available : 0n;
  const isExpiring = expiresAt !== null && expiring > 0n;
  if (owed === 0n && pending === 0n && !isExpiring) return null;
  return (
    <ul className="grid gap-2">
      {owed > 0n && (
        <Note
          icon={<TriangleAlert />}
          tone="text-danger bg-danger-soft"
          title={t("notes.owed", { points: f.points(owed), count: plural(owed) })}
        >
          {t("notes.owedText")}
        </Note>
      )}
      {pending > 0n && pendingAt && (
        <Note
          icon={<Clock3 />}
          tone="text-brand bg-soft"
          title={t("notes.pending", { points: f.points(pending), count: plural(pending) })}
        >
          {isAwaiting(pendingAt)
            ? more("card.awaiting")
            : programme.confirmEarned
              ? more("card.awaitingUntil", { date: f.date(pendingAt, "dayLong") })
              : t("notes.pendingText", {
                  date: f.date(pendingAt, "dayLong"),
                  days: f.days(pendingAt, card.ctx.now),
                })}
        </Note>
      )}
      {isExpiring && (
        <Note
          icon={<Hourglass />}
          tone={isSoon(expiresAt, card.ctx.now) ? "text-warning bg-warning-soft" : "text-muted bg-sunken"}
          title={t("notes.expiring", {
            points: f.points(expiring),
            count: plural(expiring),
            date: f.date(lastMoment(expiresAt)),
          })}
        >
          {t("notes.expiringText", { days: f.days(lastMoment(expiresAt), card.ctx.now) })}.{" "}
          {more(`card.${howToKeep(programme, figures)}`)}
        </Note>
      )}
    </ul>
  );
}

/** What saves the points: a visit, the first purchase, or spending them. */
function howToKeep(programme: Programme, { visits }: Customer): "howVisit" | "howFirst" | "howSpend" {
  if (visits === 0 && programme.welcome?.kept) return "howFirst";
  return visitsExtend(programme) ? "howVisit" : "howSpend";
}

const SOON_MS = 30 * 86_400_000;
const isSoon = (expiresAt: Date, now: Date) => expiresAt.getTime() - now.getTime() <= SOON_MS;

function Note({
  icon,
  tone,
  title,
  children,
}: {
  icon: ReactNode;
  tone: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <li className="panel flex items-center gap-3.5 rounded-lg px-4 py-3">
      <span
        aria-hidden="true"
        className={`grid size-9 shrink-0 place-items-center rounded-full [&_svg]:size-4.5 ${tone}`}
      >
        {icon}
      </span>
      <span className="min-w-0">
        <span className="block font-medium tabular-nums">{title}</span>
        <span className="block text-sm text-muted">{children}</span>
      </span>
    </li>
  );
}
