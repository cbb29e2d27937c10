import type { Entry } from "@/lib/analytics/model";
import { TimelineJourney, TimelineMessage } from "./timeline-message";
import { TimelineNote } from "./timeline-note";
import { TimelineOperation } from "./timeline-operation";
import { Friend, Joined } from "./timeline-people";
import type { Reading } from "./timeline-reading";
import { Certificate, Rewarded, Used } from "./timeline-rewards";
import { Changed, Consent, Expired, SegmentMoved, TierMoved } from "./timeline-standing";

/** One entry of a timeline in the form its source wants. */
export function TimelineRow({
  entry,
  reading,
  memberId,
}: {
  entry: Entry;
  reading: Reading;
  memberId: bigint;
}) {
  const props = { reading, memberId };
  switch (entry.source) {
    case "operation":
      return <TimelineOperation entry={entry} reading={reading} />;
    case "message":
      return <TimelineMessage entry={entry} reading={reading} />;
    case "journey":
      return <TimelineJourney entry={entry} reading={reading} />;
    case "note":
      return <TimelineNote entry={entry} {...props} />;
    case "joined":
      return <Joined entry={entry} {...props} />;
    case "expired":
      return <Expired entry={entry} {...props} />;
    case "reward":
      return <Rewarded entry={entry} {...props} />;
    case "use":
      return <Used entry={entry} {...props} />;
    case "certificate":
      return <Certificate entry={entry} {...props} />;
    case "tier":
      return <TierMoved entry={entry} {...props} />;
    case "friend_joined":
    case "friend_bought":
      return <Friend entry={entry} {...props} />;
    case "consent":
      return <Consent entry={entry} {...props} />;
    case "segment":
    case "segment_left":
      return <SegmentMoved entry={entry} {...props} />;
    case "change":
      return <Changed entry={entry} {...props} />;
  }
}
