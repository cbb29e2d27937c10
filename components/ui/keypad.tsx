"use client";
import { Delete } from "lucide-react";
import { cx } from "./cx";

export type Key = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "separator" | "back";

/** What a text becomes after a key: the same rule for every field a keypad fills. `max`: longest text. */
export function press(text: string, key: Key, { separator = ",", max = 12 } = {}): string {
  if (key === "back") return text.slice(0, -1);
  const [whole = "", fraction] = text.split(separator);
  if (key === "separator") return fraction === undefined ? `${whole || "0"}${separator}` : text;
  if (fraction !== undefined && fraction.length >= 2) return text;
  if (text === "0") return key;
  return text.length >= max ? text : text + key;
}

/** Big digits for a tablet. `separator`: show a decimal key with this sign. */
export function Keypad({
  onKey,
  separator,
  backLabel,
  className,
}: {
  onKey: (key: Key) => void;
  separator?: string;
  backLabel: string;
  className?: string;
}) {
  const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
  const look =
    "grid min-h-16 place-items-center rounded-lg border bg-surface text-2xl font-medium tabular-nums shadow-card select-none touch-manipulation transition-colors hover:bg-sunken active:bg-soft active:text-brand";
  return (
    <div className={cx("grid grid-cols-3 gap-2.5", className)}>
      {digits.map((digit) => (
        <button key={digit} type="button" className={look} onClick={() => onKey(digit)}>
          {digit}
        </button>
      ))}
      {separator ? (
        <button type="button" className={look} onClick={() => onKey("separator")}>
          {separator}
        </button>
      ) : (
        <span />
      )}
      <button type="button" className={look} onClick={() => onKey("0")}>
        0
      </button>
      <button type="button" aria-label={backLabel} className={look} onClick={() => onKey("back")}>
        <Delete aria-hidden="true" className="size-7" />
      </button>
    </div>
  );
}
