import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MemberInsight } from "@/components/insights/member-insight";
import { CustomPanel } from "@/components/members/custom-panel";
import { MemberHead } from "@/components/members/member-head";
import { chosenKinds, readMember } from "@/components/members/member-reading";
import { MergeHint } from "@/components/members/merge-hint";
import { PeoplePanels } from "@/components/members/people-panels";
import { Preferences } from "@/components/members/preferences";
import { Timeline } from "@/components/members/timeline";
import { readingOf } from "@/components/members/timeline-reading";
import { TwoSides } from "@/components/members/two-sides";
import { office } from "@/components/office/context";
import { LiveRefresh } from "@/components/office/live-refresh";
import { LotsTable } from "@/components/office/lots-table";
import { MemberActions } from "@/components/office/member-actions";
import { MemberFacts } from "@/components/office/member-facts";
import { MemberTags } from "@/components/office/member-tags";
import { TierCard } from "@/components/office/tier-card";
import { MemberHoldings } from "@/components/rewards/member-holdings";
import { MemberSegments } from "@/components/segments/member-segments";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { dayOf } from "@/lib/kernel/time";
import { displayName } from "@/lib/members/model";
import { customer } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.member"))("title") };
}

/** One member: who, what they have, and everything that happened. */
export default async function MemberPage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/members/[id]">) {
  const memberId = parseId((await params).id);
  const { show, side } = await searchParams;
  const { ctx, locale, f } = await office("members:read", `/members/${memberId ?? ""}`);
  const found = memberId === undefined ? undefined : await customer(ctx, { memberId });
  if (!found || memberId === undefined) notFound();
  // The number of somebody who was merged leads to who they are now.
  if (found.member.id !== memberId) redirect(`/${locale}/office/members/${found.member.id}`);
  const chosen = chosenKinds(ctx, show);
  const [t, read] = await Promise.all([getTranslations("office.member"), readMember(ctx, found, chosen)]);
  const { current, view } = read;
  const { member } = found;
  const reading = readingOf(ctx, locale, f, current);
  return (
    <>
      <LiveRefresh />
      <p className="mb-3 text-sm">
        <Link
          href={`/${locale}/office/members`}
          className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          {t("all")}
        </Link>
      </p>
      <div className="grid gap-6">
        {member.blockedAt && (
          <Notice tone="danger" title={t("blocked")}>
            {t("blockedText", { date: f.date(member.blockedAt) })}
          </Notice>
        )}
        <MergeHint like={read.duplicates} memberId={memberId} locale={locale} />
        <MemberHead
          customer={found}
          tierName={reading.tierName(found.tierId)}
          view={view}
          actions={
            <MemberActions
              member={{ ...member, points: found.available }}
              may={{
                edit: may(ctx.actor, "members:write"),
                block: may(ctx.actor, "members:block"),
                give: may(ctx.actor, "points:give"),
              }}
            />
          }
          f={f}
          now={ctx.now}
        />
        <TwoSides
          base={`/${locale}/office/members/${memberId.toString()}`}
          isKnownShown={side === "known"}
          happened={
            <Timeline
              memberId={memberId}
              version={found.version}
              chosen={chosen}
              first={read.timeline}
              reading={reading}
            />
          }
          known={
            <>
              <MemberFacts customer={found} f={f} locale={locale} />
              <Card>
                <CardHeader>
                  <CardTitle>{t("tags")}</CardTitle>
                </CardHeader>
                <CardBody>
                  {may(ctx.actor, "members:write") ? (
                    <MemberTags memberId={memberId} own={member.tags} all={read.tags} />
                  ) : (
                    <span className="flex flex-wrap gap-2">
                      {member.tags.map((tag) => (
                        <Badge key={tag.id.toString()}>{tag.name}</Badge>
                      ))}
                      {member.tags.length === 0 && <span className="text-faint">{t("noTags")}</span>}
                    </span>
                  )}
                </CardBody>
              </Card>
              <CustomPanel
                memberId={memberId}
                name={displayName(member)}
                read={read}
                ctx={ctx}
                locale={locale}
                f={f}
              />
              <Preferences read={read.preferences} f={f} />
              <MemberInsight view={view} ctx={ctx} locale={locale} f={f} />
              <TierCard
                memberId={memberId}
                outlook={read.outlook}
                programme={current}
                today={dayOf(ctx.now, ctx.business.zone)}
                mayGive={may(ctx.actor, "tiers:give")}
                f={f}
              />
              <MemberHoldings
                memberId={memberId}
                held={read.holdings}
                stamps={read.stamps}
                rewards={read.rewards}
                mayGive={may(ctx.actor, "points:give")}
                mayUndo={may(ctx.actor, "sales:refund")}
                now={ctx.now}
                f={f}
              />
              <LotsTable lots={read.lots} f={f} now={ctx.now} />
              <MemberSegments own={read.segments} locale={locale} />
              <PeoplePanels
                ctx={ctx}
                memberId={memberId}
                name={displayName(member)}
                points={found.available}
                read={read}
                locale={locale}
                f={f}
              />
            </>
          }
        />
      </div>
    </>
  );
}
