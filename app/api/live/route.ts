import { currentStaff, problem } from "@/lib/access";
import { actorId } from "@/lib/access/model";
import { Refused } from "@/lib/kernel/refusals";
import { businessTopic } from "@/lib/platform/live";
import { newsStream } from "@/lib/platform/live/stream";

export const dynamic = "force-dynamic";

/** News of the business for an open desk or office. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const who = `staff:${ctx.business.id}:${actorId(ctx.actor)}`;
    return newsStream(businessTopic(ctx.business.id), who, request.signal);
  } catch (error) {
    return problem(error);
  }
}
