import { StickyNote } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { may } from "@/lib/access";
import type { Entry } from "@/lib/analytics/model";
import { NoteMenu } from "./note-menu";
import { TimelineLine } from "./timeline-line";
import type { Reading } from "./timeline-reading";

/** A note of the staff, with what its reader may do with it. */
export async function TimelineNote({
  entry,
  reading,
  memberId,
}: {
  entry: Extract<Entry, { source: "note" }>;
  reading: Reading;
  memberId: bigint;
}) {
  const t = await getTranslations("profile.timeline");
  const { ctx, f } = reading;
  const isOwn = ctx.actor.kind === "staff" && ctx.actor.id === entry.staffId;
  return (
    <TimelineLine
      icon={<StickyNote />}
      tone="warning"
      title={entry.staffName ?? t("nameless")}
      facts={[
        f.date(entry.at, "time"),
        entry.editedAt !== null && t("edited", { when: f.date(new Date(entry.editedAt), "dateTime") }),
      ]}
      menu={
        (isOwn || may(ctx.actor, "members:block")) && (
          <NoteMenu memberId={memberId} id={entry.id} text={entry.text} mayEdit={isOwn} />
        )
      }
    >
      <p className="rounded-md bg-warning-soft px-3 py-2 text-sm whitespace-pre-line wrap-anywhere">
        {entry.text}
      </p>
    </TimelineLine>
  );
}
