import { UserPlus, UserRoundCheck, UsersRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { TimelineLine } from "./timeline-line";
import { MemberLink, type RowProps, time } from "./timeline-parts";

/** How the member came. */
export async function Joined(props: RowProps<"joined">) {
  const { entry, reading } = props;
  const [t, facts] = await Promise.all([
    getTranslations("profile.timeline"),
    getTranslations("office.member.facts"),
  ]);
  const by = `sources.${entry.by}` as "sources.join";
  const link =
    entry.inviterId === null ? null : (
      <MemberLink id={entry.inviterId} name={entry.inviter} reading={reading} />
    );
  return (
    <TimelineLine
      icon={<UserPlus />}
      tone="success"
      title={t("joined")}
      facts={[
        time(props),
        `${facts("source")} ${facts.has(by) ? facts(by) : entry.by}`,
        link && t.rich("invitedBy", { who: () => link }),
      ]}
    />
  );
}

/** A friend who came, or bought for the first time. */
export async function Friend(props: RowProps<"friend_joined" | "friend_bought">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline");
  const link = <MemberLink id={entry.friendId} name={entry.friend} reading={reading} />;
  const isNew = entry.source === "friend_joined";
  return (
    <TimelineLine
      icon={isNew ? <UsersRound /> : <UserRoundCheck />}
      tone="brand"
      title={t.rich(isNew ? "friendJoined" : "friendBought", { who: () => link })}
      badge={
        isNew &&
        entry.state !== "open" && (
          <Badge tone={entry.state === "held" ? "warning" : "danger"}>
            {t(entry.state === "held" ? "friendHeld" : "friendRejected")}
          </Badge>
        )
      }
      facts={[time(props)]}
      amount={
        entry.source === "friend_bought" && entry.points > 0 ? (
          <span className="text-success tabular-nums">{reading.f.pointsSigned(BigInt(entry.points))}</span>
        ) : undefined
      }
    />
  );
}
