import type { Tone } from "@/components/ui/badge";
import type { Cell } from "@/lib/insights/model";

/** The tone of a group; it only repeats what the name says. */
export const CELL_TONE: Readonly<Record<Cell, Tone>> = {
  champions: "success",
  loyal: "success",
  promising: "info",
  new: "info",
  attention: "warning",
  at_risk: "danger",
  cant_lose: "danger",
  hibernating: "neutral",
  lost: "neutral",
};

/** The colour of a group's squares in the grid. */
export const CELL_FILL: Readonly<Record<Cell, string>> = {
  champions: "bg-success-soft text-success",
  loyal: "bg-success-soft/60 text-success",
  promising: "bg-info-soft text-info",
  new: "bg-info-soft/60 text-info",
  attention: "bg-warning-soft text-warning",
  at_risk: "bg-danger-soft/60 text-danger",
  cant_lose: "bg-danger-soft text-danger",
  hibernating: "bg-sunken/60 text-muted",
  lost: "bg-sunken text-muted",
};
