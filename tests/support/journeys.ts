/** Journeys to test with: a step that says something in the card's inbox, and a clock that lets what is due happen. */
import { advanceDue, LISTENED, lookAfter, onEvents } from "@/lib/journeys";
import type { Step } from "@/lib/journeys/schema";
import { drain, type Handler } from "@/lib/platform/outbox";

const LISTENING: readonly Handler[] = [{ name: "journeys", types: LISTENED, handle: onEvents }];

/** Lets everything happen that is due by a moment. */
export async function pass(now: Date, handlers: readonly Handler[] = LISTENING): Promise<void> {
  await drain(handlers, () => now);
  await lookAfter(() => now);
  await advanceDue(() => now);
}

export const say = (id: string, title = "Hello"): Step => ({
  kind: "message",
  id,
  purpose: "marketing",
  about: "news",
  channels: ["inbox"],
  templateId: null,
  content: { locales: { en: { title, text: "Come again" } } },
});
