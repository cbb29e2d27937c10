import { ownCard } from "@/components/card/own-card";
import { takeStream } from "@/components/card/streams";
import { problem } from "@/lib/access";
import { memberTopic, watch } from "@/lib/platform/live";

export const dynamic = "force-dynamic";

const HEARTBEAT_MS = 20_000;
/** A stream ends by itself after about ten minutes: the browser comes back, with its session checked anew. */
const LIFE_MS = 600_000;
const SPREAD_MS = 60_000;

/** News of one's own card as server-sent events. An event carries no data: it says "look again". */
export async function GET(request: Request): Promise<Response> {
  try {
    const card = await ownCard(new URL(request.url).searchParams.get("business") ?? "");
    if (!card) return Response.json({ code: "unauthenticated" }, { status: 401, headers: PRIVATE });
    const release = takeStream(card.person.personId);
    if (!release) return Response.json({ code: "too_many_requests" }, { status: 429, headers: PRIVATE });
    const topic = memberTopic(card.business.id, card.memberId);
    return new Response(stream(topic, request.signal, release), {
      headers: { ...PRIVATE, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" },
    });
  } catch (error) {
    return problem(error);
  }
}

const PRIVATE = { "Cache-Control": "private, no-store, no-transform" };

function stream(topic: string, left: AbortSignal, release: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const unwatch = watch(topic, () => say("event: news\ndata: 1\n\n"));
      const beat = setInterval(() => say(": still here\n\n"), HEARTBEAT_MS);
      const life = setTimeout(() => end(), LIFE_MS + Math.random() * SPREAD_MS);
      let isOver = false;
      end = () => {
        if (isOver) return;
        isOver = true;
        unwatch();
        clearInterval(beat);
        clearTimeout(life);
        release();
        left.removeEventListener("abort", end);
        // Cancelled by the reader, it is closed already.
        try {
          controller.close();
        } catch {}
      };
      left.addEventListener("abort", end);
      if (left.aborted) return end();
      // The first line opens the stream at once, through whatever stands between.
      say("retry: 3000\nevent: open-card\ndata: 1\n\n");
    },
    cancel: () => end(),
  });
}
