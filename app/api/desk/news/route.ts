import { currentStaff, problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { businessTopic, watch } from "@/lib/platform/live";

/** A revoked sign-in stops hearing news after this long: the browser comes back and is asked again. */
const STREAM_MS = 300_000;
/** Keeps proxies from closing a line on which nothing happens. */
const PULSE_MS = 20_000;

/** Tells an open desk "look again" whenever something happened in its business; the news itself carries nothing. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await currentStaff();
  if (!ctx) return problem(new Refused("unauthenticated"));
  const topic = businessTopic(ctx.business.id);
  const encoder = new TextEncoder();
  const stops: (() => void)[] = [];
  const stop = () => stops.splice(0).forEach((each) => each());
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unwatch = watch(topic, () => send("data: again\n\n"));
      const pulse = setInterval(() => send(": \n\n"), PULSE_MS);
      const end = setTimeout(() => {
        stop();
        controller.close();
      }, STREAM_MS);
      stops.push(
        unwatch,
        () => clearInterval(pulse),
        () => clearTimeout(end),
      );
      request.signal.addEventListener("abort", stop);
      send("retry: 3000\n\n");
    },
    cancel: stop,
  });
  return new Response(stream, {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
  });
}
