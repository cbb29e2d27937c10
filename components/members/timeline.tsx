import { getTranslations } from "next-intl/server";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/access";
import { timelineKinds } from "@/lib/analytics";
import { NoteForm } from "./note-form";
import { TimelineChips } from "./timeline-chips";
import { moreOfTimeline } from "./timeline-load";
import { TimelinePage } from "./timeline-page";
import type { Reading } from "./timeline-reading";

/** Everything that happened to a member, newest first, and a place to write a note. `show`: the kinds asked for, as the address has them. */
export async function Timeline({
  memberId,
  version,
  show,
  reading,
}: {
  memberId: bigint;
  /** Of the member's figures. */
  version: bigint;
  show: string;
  reading: Reading;
}) {
  const t = await getTranslations("profile.timeline");
  const { ctx, locale } = reading;
  const kinds = timelineKinds(ctx);
  const asked = show.split(",");
  const chosen = kinds.filter((kind) => asked.includes(kind));
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
          after={null}
          dayBefore={null}
          version={version.toString()}
          reading={reading}
          load={moreOfTimeline}
        />
      </div>
    </Card>
  );
}
