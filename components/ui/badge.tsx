import type { ComponentProps } from "react";
import { cx } from "./cx";

const TONES = {
  neutral: "bg-sunken text-muted",
  brand: "bg-soft text-brand",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  info: "bg-info-soft text-info",
} as const;
export type Tone = keyof typeof TONES;

/** A short state or kind in a pill. Never the only place where a thing is said by colour: it carries words. */
export function Badge({ tone = "neutral", className, ...props }: ComponentProps<"span"> & { tone?: Tone }) {
  return <span className={cx("badge", TONES[tone], className)} {...props} />;
}
