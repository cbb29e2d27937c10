import { type Context, may, readTogether } from "@/lib/access";
import { memberTimeline, timelineKinds } from "@/lib/analytics";
import type { TimelineKind } from "@/lib/analytics/model";
import { memberView, preferences } from "@/lib/insights";
import { lots } from "@/lib/ledger";
import { customFields, customValuesOf, duplicatesOf, householdOf, mergesOf, tags } from "@/lib/members";
import { consentsOf } from "@/lib/messaging";

import { entitlements, programme, rewards, stampRows } from "@/lib/program";
import type { Customer } from "@/lib/sales";
import { stoodOf } from "@/lib/sales/model";
import { segmentsOf } from "@/lib/segments";
import { outlook } from "@/lib/tiers";

export const TIMELINE_PAGE = 30;

/** Everything a member's page shows, read over one connection as of one moment. `kinds`: what the timeline is narrowed to. */
export async function readMember(ctx: Context, found: Customer, kinds: readonly TimelineKind[]) {
  const memberId = found.member.id;
  return await readTogether(ctx, async () => {
    const current = await programme(ctx);
    return {
      current,
      outlook: await outlook(ctx, current, stoodOf(found)),
      lots: await lots(ctx, memberId),
      tags: await tags(ctx),
      holdings: await entitlements(ctx, memberId),
      stamps: await stampRows(ctx, memberId),
      rewards: await rewards(ctx),
      view: await memberView(ctx, memberId),
      timeline: await memberTimeline(ctx, { memberId, kinds, limit: TIMELINE_PAGE }),
      duplicates: may(ctx.actor, "members:merge") ? await duplicatesOf(ctx, memberId) : [],
      fields: await customFields(ctx),
      values: await customValuesOf(ctx, memberId),
      preferences: await preferences(ctx, memberId),
      segments: await segmentsOf(ctx, memberId),
      household: await householdOf(ctx, memberId),
      consents: await consentsOf(ctx, memberId),
      merges: await mergesOf(ctx, memberId),
    };
  });
}

export type MemberReading = Awaited<ReturnType<typeof readMember>>;

/** The kinds an address asks for, of those the reader may see. */
export function chosenKinds(ctx: Context, show: string | string[] | undefined): TimelineKind[] {
  const asked = typeof show === "string" ? show.split(",") : [];
  return timelineKinds(ctx).filter((kind) => asked.includes(kind));
}
