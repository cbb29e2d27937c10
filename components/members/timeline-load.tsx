"use server";
import type { ReactNode } from "react";
import { z } from "zod";
import { office } from "@/components/office/context";
import { memberTimeline } from "@/lib/analytics";
import { TIMELINE_KINDS } from "@/lib/analytics/model";
import { programme } from "@/lib/program";
import { TIMELINE_PAGE } from "./member-reading";
import type { AskedMore } from "./timeline-more";
import { TimelinePage } from "./timeline-page";
import { readingOf } from "./timeline-reading";

const schema = z.object({
  memberId: z.bigint().positive(),
  kinds: z.array(z.enum(TIMELINE_KINDS)).max(TIMELINE_KINDS.length),
  after: z.string().max(60),
  dayBefore: z.iso.date(),
  version: z.string().max(40),
});

/** The next page of a member's timeline, ready to be shown. What is asked comes from the browser and is believed in nothing. */
export async function moreOfTimeline(input: AskedMore): Promise<ReactNode> {
  const { after, ...asked } = schema.parse(input);
  const { ctx, locale, f } = await office("members:read");
  const { memberId, kinds } = asked;
  return (
    <TimelinePage
      {...asked}
      read={await memberTimeline(ctx, { memberId, kinds, after, limit: TIMELINE_PAGE })}
      reading={readingOf(ctx, locale, f, await programme(ctx))}
      load={moreOfTimeline}
    />
  );
}
