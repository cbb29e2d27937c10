import { route } from "@/lib/access";
import { play } from "@/lib/program";
import { simulationAsked } from "@/lib/program/schema";

/** The past played again under a draft: a route, because it tells how far it is and must be stopped when nobody waits for it. */
export const POST = route(
  simulationAsked,
  async (ctx, asked, { signal }) =>
    new Response(await play(ctx, asked, signal), {
      headers: {
        "Content-Type": "application/x-ndjson; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
      },
    }),
);
