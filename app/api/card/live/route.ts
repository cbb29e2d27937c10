import { ownCard } from "@/components/card/own-card";
import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { memberTopic } from "@/lib/platform/live";
import { newsStream } from "@/lib/platform/live/stream";

export const dynamic = "force-dynamic";

/** News of one's own card. */
export async function GET(request: Request): Promise<Response> {
  try {
    const card = await ownCard(new URL(request.url).searchParams.get("business") ?? "");
    if (!card) throw new Refused("unauthenticated");
    return newsStream(
      memberTopic(card.business.id, card.memberId),
      `person:${card.person.personId}`,
      request.signal,
    );
  } catch (error) {
    return problem(error);
  }
}
