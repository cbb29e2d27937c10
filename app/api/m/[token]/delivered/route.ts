import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { noteStep } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";

/** A push arrived: public/sw.js says so as it shows it. */
export async function POST(
  _request: Request,
  { params }: RouteContext<"/api/m/[token]/delivered">,
): Promise<Response> {
  try {
    if (!(await noteStep((await params).token, "delivered", currentTime()))) throw new Refused("not_found");
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error);
  }
}
