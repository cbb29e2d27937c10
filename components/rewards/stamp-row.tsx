import type { StampRow } from "@/lib/program/model";
import { cx } from "../ui/cx";
import { COLOR_CLASS, RewardGlyph } from "./reward-icon";

/** As many as stand side by side on the smallest phone. */
const ABREAST = 6;

/** A row of stamps: full ones coloured, the last one the gift. `label` says it in words. */
export function Stamps({ row, label, size = "md" }: { row: StampRow; label: string; size?: "sm" | "md" }) {
  const { programme, stamps } = row;
  // Rows of one length: ten are two fives, not nine and one.
  const abreast = Math.ceil(programme.needed / Math.ceil(programme.needed / ABREAST));
  const places = Array.from({ length: programme.needed }, (_, index) => index);
  return (
    <span
      role="img"
      aria-label={label}
      className="grid justify-start gap-1.5"
      style={{ gridTemplateColumns: `repeat(${abreast}, max-content)` }}
    >
      {places.map((place) => {
        const isFull = place < stamps;
        const isLast = place === programme.needed - 1;
        return (
          <span
            key={place}
            className={cx(
              "grid place-items-center rounded-full",
              size === "sm" ? "size-6 [&_svg]:size-3.5" : "size-9 [&_svg]:size-4.5",
              isFull
                ? COLOR_CLASS[programme.color]
                : cx("border-2 border-dashed border-line-strong/50 text-faint", isLast && "border-solid"),
            )}
          >
            {isFull ? (
              <RewardGlyph icon={programme.icon} />
            ) : isLast ? (
              <RewardGlyph icon="gift" />
            ) : (
              <span className="text-xs tabular-nums">{place + 1}</span>
            )}
          </span>
        );
      })}
    </span>
  );
}
