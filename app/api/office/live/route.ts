import { currentStaff, problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { businessTopic, watch } from "@/lib/platform/live";

export const dynamic = "force-dynamic";

const PRIVATE = { "Cache-Control": "private, no-store, no-transform" };
const HEARTBEAT_MS = 20_000;
/** A stream ends by itself after about ten minutes: the browser comes back, with its session checked anew. */
const LIFE_MS = 600_000;
const SPREAD_MS = 60_000;
/** Screens one staff person may keep open at once. */
const STREAMS_MAX = 12;

const open = new Map<string, number>();

/** Says "look again" to an open office whenever something happened in its business. Server-sent events without data. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (ctx?.actor.kind !== "staff") throw new Refused("unauthenticated");
    const who = `${ctx.business.id}:${ctx.actor.id}`;
    if ((open.get(who) ?? 0) >= STREAMS_MAX) throw new Refused("too_many_requests");
    return new Response(stream(businessTopic(ctx.business.id), who, request.signal), {
      headers: { ...PRIVATE, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" },
    });
  } catch (error) {
    return problem(error);
  }
}

function stream(topic: string, who: string, left: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const unwatch = watch(topic, () => say("data: news\n\n"));
      const beat = setInterval(() => say(": still here\n\n"), HEARTBEAT_MS);
      const life = setTimeout(() => end(), LIFE_MS + Math.random() * SPREAD_MS);
      open.set(who, (open.get(who) ?? 0) + 1);
      let isOver = false;
      end = () => {
        if (isOver) return;
        isOver = true;
        unwatch();
        clearInterval(beat);
        clearTimeout(life);
        left.removeEventListener("abort", end);
        const others = (open.get(who) ?? 1) - 1;
        if (others > 0) open.set(who, others);
        else open.delete(who);
        // Cancelled by the reader, it is closed already.
        try {
          controller.close();
        } catch {}
      };
      left.addEventListener("abort", end);
      if (left.aborted) return end();
      say("retry: 3000\n\n");
    },
    cancel: () => end(),
  });
}
