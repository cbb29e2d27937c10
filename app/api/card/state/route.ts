import { ownCard } from "@/components/card/own-card";
import { stateOf } from "@/components/card/reconnect";
import { problem } from "@/lib/access";
import { customer } from "@/lib/sales";

/** Whether the card on a screen is still true: a fingerprint to compare, for when news cannot be listened to. */
export async function GET(request: Request): Promise<Response> {
  try {
    const card = await ownCard(new URL(request.url).searchParams.get("business") ?? "");
    if (!card) return Response.json({ code: "unauthenticated" }, { status: 401, headers: PRIVATE });
    const figures = await customer(card.ctx, { memberId: card.memberId });
    return Response.json({ state: figures ? stateOf(figures) : null }, { headers: PRIVATE });
  } catch (error) {
    return problem(error);
  }
}

const PRIVATE = { "Cache-Control": "private, no-store" };
