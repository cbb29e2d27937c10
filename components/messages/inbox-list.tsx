import {
  Bell,
  CakeSlice,
  Coins,
  Gift,
  Mail,
  MessageCircleHeart,
  Receipt,
  Tag,
  Trophy,
  UserPlus,
} from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import type { InboxEntry } from "@/lib/messaging";
import type { Formats } from "@/lib/platform/i18n/format";

const ICONS: Readonly<Record<string, ReactNode>> = {
  offer: <Tag />,
  points: <Coins />,
  reward: <Gift />,
  birthday: <CakeSlice />,
  reminder: <Bell />,
  news: <Mail />,
  receipt: <Receipt />,
  feedback: <MessageCircleHeart />,
  referral: <UserPlus />,
  tier: <Trophy />,
};

/** A member's messages, newest first, each with the one thing to press. */
export async function InboxList({ entries, f }: { entries: readonly InboxEntry[]; f: Formats }) {
  const t = await getTranslations("messaging.card");
  return (
    <ul className="grid gap-3">
      {entries.map((entry) => (
        <li key={entry.id.toString()} className="panel flex gap-3.5 rounded-lg p-4">
          <span
            aria-hidden="true"
            className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand [&_svg]:size-4.5"
          >
            {ICONS[entry.kind] ?? <Mail />}
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex items-start justify-between gap-3">
              <h2 className="font-semibold wrap-anywhere">{entry.title}</h2>
              {entry.isUnread && <Badge tone="brand">{t("new")}</Badge>}
            </div>
            <p className="mt-0.5 whitespace-pre-line wrap-anywhere">{entry.text}</p>
            <div className="mt-2.5 flex flex-wrap items-center justify-between gap-3">
              <time dateTime={entry.at.toISOString()} className="text-sm text-faint tabular-nums">
                {f.date(entry.at, "dateTime")}
              </time>
              {entry.href && entry.button && (
                <a href={entry.href} className={buttonClass({ size: "sm", variant: "soft" })}>
                  {entry.button}
                </a>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
