import { Badge, type Tone } from "@/components/ui/badge";
import type { State } from "@/lib/integrations/model";

const TONES: Readonly<Partial<Record<State, Tone>>> = {
  done: "success",
  failed: "danger",
  stopped: "warning",
  checked: "brand",
  mapping: "brand",
  checking: "info",
  posting: "info",
  undoing: "info",
};

/** How an import stands, in a word. */
export function RunBadge({ state, label }: { state: State; label: string }) {
  return <Badge tone={TONES[state] ?? "neutral"}>{label}</Badge>;
}
