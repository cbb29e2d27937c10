import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { takeProviderNews } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";

const WHAT = { delivered: "delivered", undelivered: "failed", failed: "failed" } as const;

/** A gateway like Twilio tells what became of an SMS; the address itself is the proof, it was told to the gateway alone. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/hooks/sms/[token]">,
): Promise<Response> {
  try {
    const form = await request.formData();
    const status = form.get("MessageStatus");
    const what = Object.entries(WHAT).find(([name]) => name === status)?.[1];
    if (!what) return new Response(null, { status: 204 });
    const code = form.get("ErrorCode");
    const reason = typeof code === "string" ? code.slice(0, 20) : null;
    if (!(await takeProviderNews({ token: (await params).token }, { what, reason }, currentTime())))
      throw new Refused("not_found");
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error);
  }
}
