import { History } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Fragment } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { Entry, TimelineKind } from "@/lib/analytics/model";
import { type Day, dayOf } from "@/lib/kernel/time";
import type { MemberReading } from "./member-reading";
import { type LoadMore, TimelineMore } from "./timeline-more";
import type { Reading } from "./timeline-reading";
import { TimelineRow } from "./timeline-row";

/** One page of a timeline under the heads of its days, and behind a button the pages after it. */
export async function TimelinePage({
  memberId,
  kinds,
  read,
  dayBefore,
  version,
  reading,
  load,
}: {
  memberId: bigint;
  kinds: readonly TimelineKind[];
  read: MemberReading["timeline"];
  /** The day the page before ended in: its head stands already. */
  dayBefore: Day | null;
  /** Of the member's figures: later pages are read anew with another one. */
  version: string;
  reading: Reading;
  load: LoadMore;
}) {
  const { ctx } = reading;
  const t = await getTranslations("profile.timeline");
  const { entries, next } = read;
  if (entries.length === 0 && dayBefore === null)
    return (
      <EmptyState icon={<History />} title={t(kinds.length === 0 ? "empty" : "emptyKind")}>
        {t(kinds.length === 0 ? "emptyText" : "emptyKindText")}
      </EmptyState>
    );
  const zoned = (entry: Entry) => dayOf(entry.at, ctx.business.zone);
  const last = entries.at(-1);
  return (
    <>
      {entries.map((entry, index) => {
        const day = zoned(entry);
        const previous = entries[index - 1];
        const isNewDay = day !== (previous ? zoned(previous) : dayBefore);
        return (
          <Fragment key={`${entry.source}${entry.id}`}>
            {isNewDay && <DayHead day={day} entry={entry} reading={reading} />}
            <div className="timeline-step relative px-5 py-3 sm:px-6">
              <TimelineRow entry={entry} reading={reading} memberId={memberId} />
            </div>
          </Fragment>
        );
      })}
      {next !== null && last && (
        <TimelineMore
          load={load}
          asked={{ memberId, kinds: [...kinds], after: next, dayBefore: zoned(last), version }}
          texts={{ more: t("more"), failed: t("failed") }}
        />
      )}
    </>
  );
}

async function DayHead({ day, entry, reading }: { day: Day; entry: Entry; reading: Reading }) {
  const t = await getTranslations("profile.timeline");
  const { ctx, f } = reading;
  const { zone } = ctx.business;
  const isToday = day === dayOf(ctx.now, zone);
  const isYesterday = day === dayOf(new Date(ctx.now.getTime() - 86_400_000), zone);
  return (
    <h3 className="flex items-baseline gap-2 px-5 pt-5 pb-1 text-sm font-semibold sm:px-6">
      {isToday ? t("today") : isYesterday ? t("yesterday") : f.date(entry.at)}
      <span className="font-normal text-faint">
        {isToday || isYesterday ? f.date(entry.at) : f.date(entry.at, "weekday")}
      </span>
    </h3>
  );
}
