"use client";
import { Activity, CalendarClock, Hourglass, StickyNote } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isAwaiting } from "@/lib/program/model";
import type { Guest } from "@/lib/sales";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { useDesk } from "./setting";
import { TierFacts } from "./tier-facts";
import type { Wire } from "./wire";

/** Who it is and what to say to them. */
export function GuestPanel({ guest }: { guest: Wire<Guest> }) {
  const t = useTranslations("desk.guest");
  const { format } = useDesk();
  const isNew = guest.memberId === null;
  return (
    <section aria-label={t("label")} className="panel grid gap-3 p-4 md:gap-4 md:p-5">
      <div className="flex items-center gap-3">
        <Avatar
          name={isNew ? "+" : guest.name}
          seed={String(guest.memberId ?? guest.phone)}
          size="lg"
          className="max-md:size-11 max-md:text-base"
        />
        <div className="min-w-0">
          <h1 className="line-clamp-2 text-xl font-semibold tracking-tight break-words">{guest.name}</h1>
          <div className="mt-1 flex flex-wrap gap-1.5">
            {isNew ? <Badge tone="info">{t("new")}</Badge> : <TierBadge guest={guest} />}
            {guest.isBlocked && <Badge tone="danger">{t("blocked")}</Badge>}
          </div>
        </div>
      </div>
      {isNew ? (
        <p className="text-muted">{t("newText")}</p>
      ) : (
        <>
          <div className="max-lg:flex max-lg:flex-wrap max-lg:items-baseline max-lg:justify-between max-lg:gap-x-3">
            <p className="text-sm text-muted">{t("balance")}</p>
            <p className="text-2xl font-semibold lg:text-4xl tracking-tight break-words tabular-nums">
              {format.points(guest.available)}
            </p>
          </div>
          <Facts guest={guest} />
        </>
      )}
      <TierFacts guest={guest} />
      <Notes guest={guest} />
    </section>
  );
}

function TierBadge({ guest }: { guest: Wire<Guest> }) {
  const { format } = useDesk();
  return (
    <Badge tone="brand" className="max-w-full">
      <span className="truncate">{guest.tier.name}</span>
      <span className="tabular-nums">{format.percent(guest.tier.rateBps)}</span>
    </Badge>
  );
}

function Facts({ guest }: { guest: Wire<Guest> }) {
  const t = useTranslations("desk.guest");
  const more = useTranslations("tiers.desk");
  const { format } = useDesk();
  return (
    <div className="grid gap-2.5 text-sm max-lg:sm:grid-cols-2">
      {guest.pending > 0 && (
        <Fact icon={<Hourglass />}>
          {guest.pendingAt && isAwaiting(new Date(guest.pendingAt))
            ? more("awaiting", { points: format.points(guest.pending) })
            : t("pending", {
                points: format.points(guest.pending),
                when: guest.pendingAt ? format.days(guest.pendingAt) : "",
              })}
        </Fact>
      )}
      {guest.expiresAt && guest.expiring > 0 && (
        <Fact icon={<CalendarClock />} className="text-warning">
          {t("expiring", { points: format.points(guest.expiring), when: format.days(guest.expiresAt) })}
        </Fact>
      )}
      {guest.beat && (
        <Fact icon={<Activity />} className={guest.beat.state === "late" ? "text-warning" : "text-muted"}>
          {t(`beat.${guest.beat.state}`, {
            days: Math.round(guest.beat.gapDays),
            late: guest.beat.lateDays,
          })}
        </Fact>
      )}
      <p className="text-muted">
        {t("visits", { count: guest.visits })}
        {guest.lastAt && ` · ${t("last", { when: format.days(guest.lastAt) })}`}
      </p>
      {guest.phone && guest.phone !== guest.name && (
        <p className="text-muted tabular-nums max-md:hidden">{guest.phone}</p>
      )}
    </div>
  );
}

function Fact({
  icon,
  className = "",
  children,
}: {
  icon: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <p className={`flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 ${className}`}>
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
    </p>
  );
}

function Notes({ guest }: { guest: Wire<Guest> }) {
  const t = useTranslations("desk.guest");
  if (!guest.note && guest.tags.length === 0) return null;
  return (
    <div className="grid gap-2.5 border-t pt-4">
      {guest.note && (
        <p className="flex gap-2 text-sm">
          <StickyNote aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
          <span className="max-h-32 overflow-y-auto break-words whitespace-pre-line">
            <span className="sr-only">{t("note")}: </span>
            {guest.note}
          </span>
        </p>
      )}
      {guest.tags.length > 0 && (
        <ul aria-label={t("tags")} className="flex flex-wrap gap-1.5">
          {guest.tags.map((tag) => (
            <li key={tag} className="max-w-full">
              <Badge className="max-w-full">
                <span className="truncate">{tag}</span>
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
