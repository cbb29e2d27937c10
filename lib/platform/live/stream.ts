import "server-only";
import { Refused } from "../../kernel/refusals";
import { watch } from "./index";
import { takePlace } from "./places";

/** Keeps proxies from closing a line on which nothing happens. */
const HEARTBEAT_MS = 20_000;
/** A stream ends by itself after about ten minutes: the browser comes back, with its session checked anew. */
const LIFE_MS = 600_000;
const SPREAD_MS = 60_000;

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "private, no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/**
 * A topic's news as server-sent events, until the reader leaves: `open` first, then `news` whenever something happened.
 *
 * Shape: an event carries no data, it says "look again". `who` names the reader, who may hold a dozen streams.
 * Refuses: `too_many_requests`.
 */
export function newsStream(topic: string, who: string, left: AbortSignal): Response {
  const release = takePlace(who);
  if (!release) throw new Refused("too_many_requests");
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
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
      // The first lines open the stream at once, through whatever stands between.
      say("retry: 3000\nevent: begin\ndata: 1\n\n");
    },
    cancel: () => end(),
  });
  return new Response(body, { headers: HEADERS });
}
