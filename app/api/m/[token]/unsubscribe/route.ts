import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { exitOf, unsubscribe } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";
import { baseUrl } from "@/lib/platform/env";

type Route = RouteContext<"/api/m/[token]/unsubscribe">;

/** The button of a mail program (RFC 8058): one POST, nothing to sign in to, nothing to confirm. */
export async function POST(_request: Request, { params }: Route): Promise<Response> {
  try {
    if (!(await unsubscribe((await params).token, currentTime()))) throw new Refused("not_found");
    return new Response("unsubscribed\n", { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return problem(error);
  }
}

/** A person who pressed the link sees a page and a button: mail scanners press links too. */
export async function GET(_request: Request, { params }: Route): Promise<Response> {
  try {
    const { token } = await params;
    const exit = await exitOf(token);
    if (!exit) throw new Refused("not_found");
    return Response.redirect(new URL(`/${exit.locale}/unsubscribe/${token}`, baseUrl()), 302);
  } catch (error) {
    return problem(error);
  }
}
