import { Hourglass, UserPlus } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cardWords, plural } from "@/components/card/words";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Invitations, OwnFriend } from "@/lib/referrals";

type Business = { slug: string; zone: string; currency: string };

/** Points friends brought that begin with the next visit, and what to do about it. */
export async function WaitingPoints({ points, business }: { points: bigint; business: Business }) {
  if (points === 0n) return null;
  const [{ f }, t] = await Promise.all([cardWords(business), getTranslations("referrals.card")]);
  return (
    <section className="flex items-start gap-3.5 rounded-lg bg-warning-soft px-4 py-3.5">
      <Hourglass aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-warning" />
      <div className="min-w-0">
        <h2 className="font-medium tabular-nums">
          {t("waiting", { points: f.points(points), count: plural(points) })}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{t("waitingText")}</p>
      </div>
    </section>
  );
}

/** How far a member's invitations went, and each friend with what came of it. */
export async function OwnFriends({
  invitations,
  isFirstPage,
  business,
}: {
  invitations: Invitations;
  isFirstPage: boolean;
  business: Business;
}) {
  const [{ f, locale }, t] = await Promise.all([cardWords(business), getTranslations("referrals.card")]);
  const { opened, joined, bought, points, farJoined, friends, next } = invitations;
  const here = `/${locale}/card/${business.slug}/invite` as const;
  return (
    <section aria-labelledby="friends" className="panel overflow-hidden">
      <div className="grid gap-4 p-5">
        <h2 id="friends" className="text-base font-semibold">
          {t("friends")}
        </h2>
        <dl className="grid grid-cols-3 gap-2 text-center">
          {(
            [
              ["opened", opened],
              ["joined", joined],
              ["bought", bought],
            ] as const
          ).map(([name, value]) => (
            <div key={name} className="flex flex-col-reverse rounded-lg bg-sunken px-1 py-2.5">
              <dt className="text-sm text-muted">{t(name)}</dt>
              <dd className="text-xl leading-7 font-semibold tabular-nums">{f.count(value)}</dd>
            </div>
          ))}
        </dl>
        {(points > 0n || farJoined > 0) && (
          <p className="flex items-baseline justify-between gap-x-4 text-sm text-muted">
            <span>
              {t("brought")} {farJoined > 0 && `(${t("broughtFar", { count: farJoined })})`}
            </span>
            <span className="font-medium text-ink tabular-nums">{f.points(points)}</span>
          </p>
        )}
      </div>
      {friends.length === 0 ? (
        <p className="flex items-center gap-3 border-t px-5 py-4 text-sm text-muted">
          <UserPlus aria-hidden="true" className="size-5 shrink-0 text-brand" />
          {t("none")}
        </p>
      ) : (
        <ul className="divide-y divide-line border-t">
          {friends.map((friend) => (
            <Friend key={friend.id.toString()} friend={friend} business={business} />
          ))}
        </ul>
      )}
      {(next !== null || !isFirstPage) && (
        <p className="flex justify-between gap-4 border-t px-5 py-3 text-sm font-medium">
          {isFirstPage ? (
            <span />
          ) : (
            <Link href={here} className="text-brand">
              {t("newest")}
            </Link>
          )}
          {next !== null && (
            <Link href={`${here}?before=${next.toString()}`} className="text-brand">
              {t("more")}
            </Link>
          )}
        </p>
      )}
    </section>
  );
}

async function Friend({ friend, business }: { friend: OwnFriend; business: Business }) {
  const [{ f }, t] = await Promise.all([cardWords(business), getTranslations("referrals.card")]);
  const name = friend.name ?? t("nameless");
  return (
    <li className="flex items-center gap-3 px-5 py-3">
      <Avatar name={name} seed={friend.id.toString()} size="sm" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block text-sm text-faint">
          {friend.state === "checking" ? (
            <Badge tone="info">{t("state.checking")}</Badge>
          ) : (
            t(`state.${friend.state}`, { date: f.date(friend.joinedAt) })
          )}
        </span>
      </span>
      {friend.points > 0n && (
        <span className="font-medium text-success tabular-nums">+{f.points(friend.points)}</span>
      )}
    </li>
  );
}
