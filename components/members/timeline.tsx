import { getTranslations } from "next-intl/server";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/access";
import { timelineKinds } from "@/lib/analytics";
import type { TimelineKind } from "@/lib/analytics/model";
import type { MemberReading } from "./member-reading";
import { NoteForm } from "./note-form";
import { TimelineChips } from "./timeline-chips";
import { moreOfTimeline } from "./timeline-load";
import { TimelinePage } from "./timeline-page";
import type { Reading } from "./timeline-reading";

/** Everything that happened to a member, newest first, and a place to write a note. `chosen`: what it is narrowed to. */
export async function Timeline({
  memberId,
  version,
  chosen,
  first,
  reading,
}: {
  memberId: bigint;
  /** Of the member's figures. */
  version: bigint;
  chosen: readonly TimelineKind[];
  first: MemberReading["timeline"];
  reading: Reading;
}) {
  const t = await getTranslations("profile.timeline");
  const { ctx, locale } = reading;
  const kinds = timelineKinds(ctx);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <TimelineChips
        base={`/${locale}/office/members/${memberId.toString()}`}
        kinds={kinds}
        chosen={chosen}
      />
      {may(ctx.actor, "members:write") && <NoteForm memberId={memberId} />}
      <div key={chosen.join()} className="pb-3">
        <TimelinePage
          memberId={memberId}
          kinds={chosen}
          read={first}
          dayBefore={null}
          version={version.toString()}
          reading={reading}
          load={moreOfTimeline}
        />
      </div>
    </Card>
  );
}
