import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { takeResendHook } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";

const BODY_MAX = 100_000;

/** Resend tells what became of letters; signed with the secret of the installation. */
export async function POST(request: Request): Promise<Response> {
  try {
    const secret = env().RESEND_WEBHOOK_SECRET;
    if (!secret) throw new Refused("not_found");
    const body = await request.text();
    if (body.length > BODY_MAX) throw new Refused("too_large");
    const header = (name: string) =>
      request.headers.get(`svix-${name}`) ?? request.headers.get(`webhook-${name}`);
    const signed = { id: header("id"), timestamp: header("timestamp"), signature: header("signature") };
    if (!(await takeResendHook(secret, signed, body, currentTime()))) throw new Refused("unauthenticated");
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error);
  }
}
