import {
  Hourglass,
  LogOut,
  PencilLine,
  ShieldCheck,
  ShieldX,
  TrendingDown,
  TrendingUp,
  UsersRound,
} from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { TimelineLine } from "./timeline-line";
import { PurchaseLink, type RowProps, time } from "./timeline-parts";

/** Points that ran out by themselves, or came back. */
export async function Expired(props: RowProps<"expired">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline");
  const points = BigInt(entry.points);
  return (
    <TimelineLine
      icon={<Hourglass />}
      title={t(entry.isBack ? "expiredBack" : "expired")}
      facts={[time(props)]}
      amount={
        <span className={entry.isBack ? "text-success tabular-nums" : "text-muted tabular-nums"}>
          {reading.f.pointsSigned(entry.isBack ? points : -points)}
        </span>
      }
    />
  );
}

/** A move between tiers with its reason. */
export async function TierMoved(props: RowProps<"tier">) {
  const { entry, reading } = props;
  const [t, why] = await Promise.all([getTranslations("profile.timeline"), getTranslations("tiers.member")]);
  const reason = `reason.${entry.reason}` as "reason.purchase";
  return (
    <TimelineLine
      icon={entry.isUp ? <TrendingUp /> : <TrendingDown />}
      tone={entry.isUp ? "success" : "warning"}
      title={t("tierMoved", { before: reading.tierName(entry.before), after: reading.tierName(entry.after) })}
      facts={[
        time(props),
        why.has(reason) ? why(reason) : entry.reason,
        entry.until !== null &&
          why("until", { date: reading.f.date(new Date(new Date(entry.until).getTime() - 1)) }),
        entry.comment,
        entry.staffName,
        entry.operationId !== null && <PurchaseLink id={entry.operationId} reading={reading} />,
      ]}
    />
  );
}

/** What the member agreed to or declined. */
export async function Consent(props: RowProps<"consent">) {
  const { entry } = props;
  const [t, m] = await Promise.all([getTranslations("profile.timeline"), getTranslations("messaging")]);
  const by = `card.history.source.${entry.by}` as "card.history.source.card";
  const what = t("consentAbout", {
    purpose: m(`purpose.${entry.purpose}` as "purpose.service"),
    channel: m(`channel.${entry.channel}` as "channel.email"),
  });
  return (
    <TimelineLine
      icon={entry.granted ? <ShieldCheck /> : <ShieldX />}
      tone={entry.granted ? "success" : "warning"}
      title={t(entry.granted ? "agreed" : "declined", { what })}
      facts={[time(props), m.has(by) ? m(by) : entry.by]}
    />
  );
}

const DAY_MS = 86_400_000;

/** A segment the member came into, or left after some days in it. */
export async function SegmentMoved(props: RowProps<"segment" | "segment_left">) {
  const { entry, reading } = props;
  const t = await getTranslations("profile.timeline");
  const isIn = entry.source === "segment";
  const days = isIn ? 0 : Math.round((entry.at.getTime() - Date.parse(entry.enteredAt)) / DAY_MS);
  return (
    <TimelineLine
      icon={isIn ? <UsersRound /> : <LogOut />}
      title={
        <>
          {t(isIn ? "entered" : "left")}{" "}
          <Link
            href={`/${reading.locale}/office/segments/${entry.segmentId}`}
            className="text-brand underline underline-offset-2"
          >
            {entry.name}
          </Link>
        </>
      }
      facts={[time(props), days > 0 && t("stayed", { days })]}
    />
  );
}

/** Something the audit knows was done to the member. */
export async function Changed(props: RowProps<"change">) {
  const { entry } = props;
  const [t, actions] = await Promise.all([
    getTranslations("profile.timeline"),
    getTranslations("office.audit.action"),
  ]);
  const key = entry.action.replace(".", "_") as "member_edit";
  const by = `by.${entry.actor}` as "by.till";
  return (
    <TimelineLine
      icon={<PencilLine />}
      title={actions.has(key) ? actions(key) : t("changed")}
      facts={[time(props), entry.staffName ?? (t.has(by) ? t(by) : undefined)]}
    />
  );
}
