import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { followLink } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";
import { baseUrl } from "@/lib/platform/env";

/** A message's own link: counted here, then on to where it leads. */
export async function GET(_request: Request, { params }: RouteContext<"/api/m/[token]">): Promise<Response> {
  try {
    const target = await followLink((await params).token, currentTime());
    if (target === undefined) throw new Refused("not_found");
    const headers = {
      Location: new URL(target, baseUrl()).href,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    };
    return new Response(null, { status: 302, headers });
  } catch (error) {
    return problem(error);
  }
}
