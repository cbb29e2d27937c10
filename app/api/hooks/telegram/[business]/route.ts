import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { takeTelegramUpdate } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";

const BODY_MAX = 100_000;

/** Updates of a business's bot; Telegram shows the secret it was given. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/hooks/telegram/[business]">,
): Promise<Response> {
  try {
    const secret = request.headers.get("x-telegram-bot-api-secret-token") ?? "";
    const text = await request.text();
    if (text.length > BODY_MAX) throw new Refused("too_large");
    const { business } = await params;
    const isTaken = await takeTelegramUpdate(business, { secret, body: parse(text), now: currentTime() });
    if (!isTaken) throw new Refused("unauthenticated");
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
