import { noteStep } from "@/lib/messaging";
import { currentTime } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

const DOT = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** The dot of a letter that was opened; it shows whatever happens. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/m/[token]/opened">,
): Promise<Response> {
  await noteStep((await params).token, "opened", currentTime()).catch((error: unknown) =>
    log.error("opened", error),
  );
  return new Response(DOT, { headers: { "Content-Type": "image/gif", "Cache-Control": "no-store" } });
}
