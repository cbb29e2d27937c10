import { getTranslations } from "next-intl/server";
import { Badge, type Tone } from "@/components/ui/badge";

const TONES: Readonly<Record<string, Tone>> = {
  draft: "neutral",
  live: "success",
  paused: "warning",
  draining: "info",
  done: "neutral",
  stopped: "danger",
};

/** How a journey stands. */
export async function StateBadge({ state }: { state: string }) {
  const t = await getTranslations("journeys.state");
  return <Badge tone={TONES[state] ?? "neutral"}>{t(state as "draft")}</Badge>;
}
