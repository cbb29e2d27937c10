/** Segments that follow the news, and somebody who hears who came and who went. */
import { drain, type Event, type Handler } from "@/lib/platform/outbox";
import { decideAgain, SEGMENT_NEWS } from "@/lib/segments";

/** `settle`: everything due by a moment is decided. `news`: what was told of coming and going since the beginning. */
export function hearing(): { settle: (now: Date) => Promise<number>; news: readonly Event[] } {
  const news: Event[] = [];
  const handlers: readonly Handler[] = [
    { name: "segments", types: SEGMENT_NEWS, handle: decideAgain },
    {
      name: "heard",
      types: ["segment.entered", "segment.left"],
      handle: (_tx, _businessId, events) => {
        news.push(...events);
        return Promise.resolve();
      },
    },
  ];
  return { settle: async (now) => await drain(handlers, () => now), news };
}
