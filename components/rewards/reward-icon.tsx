import {
  Cake,
  CalendarHeart,
  Coffee,
  Crown,
  Gift,
  Heart,
  Percent,
  Scissors,
  ShoppingBag,
  Sparkles,
  Star,
  Ticket,
} from "lucide-react";
import type { RewardIcon as Icon, RewardColor } from "@/lib/program/model";
import { cx } from "../ui/cx";

const ICONS = {
  gift: Gift,
  coffee: Coffee,
  cake: Cake,
  scissors: Scissors,
  sparkles: Sparkles,
  percent: Percent,
  ticket: Ticket,
  star: Star,
  heart: Heart,
  crown: Crown,
  bag: ShoppingBag,
  calendar: CalendarHeart,
} as const satisfies Record<Icon, unknown>;

/** The looks of a reward's colour: on light and dark alike, with contrast kept. */
export const COLOR_CLASS = {
  brand: "bg-soft text-brand",
  amber: "bg-warning-soft text-warning",
  green: "bg-success-soft text-success",
  blue: "bg-info-soft text-info",
  violet: "bg-[light-dark(#f1ebfd,#2b1f45)] text-[light-dark(#5b33a8,#c4a8f7)]",
  rose: "bg-danger-soft text-danger",
} as const satisfies Record<RewardColor, string>;

/** A reward's picture: its icon on its colour. Says nothing by itself: the name stands beside it. */
export function RewardPicture({
  icon,
  color,
  className,
}: {
  icon: Icon;
  color: RewardColor;
  className?: string;
}) {
  const Picture = ICONS[icon];
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid size-10 shrink-0 place-items-center rounded-lg [&_svg]:size-5",
        COLOR_CLASS[color],
        className,
      )}
    >
      <Picture />
    </span>
  );
}

/** The icon alone. */
export function RewardGlyph({ icon, className }: { icon: Icon; className?: string }) {
  const Picture = ICONS[icon];
  return <Picture aria-hidden="true" {...(className !== undefined && { className })} />;
}
