import { cx } from "./cx";

const TINTS = ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"] as const;

/** Initials on a tint that stays with the person. Decorative: the name stands beside it. `seed`: an id, else the name. */
export function Avatar({
  name,
  seed = name,
  size = "md",
  className,
}: {
  name: string;
  seed?: string;
  size?: "sm" | "md" | "lg" | "xl";
  className?: string;
}) {
  const sizes = {
    sm: "size-8 text-xs",
    md: "size-10 text-sm",
    lg: "size-14 text-lg",
    xl: "size-20 text-2xl",
  };
  const tint =
    TINTS[
      Array.from(seed).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) %
        TINTS.length
    ];
  return (
    <span
      aria-hidden="true"
      style={{ background: `color-mix(in oklab, var(${tint}) 22%, var(--surface))` }}
      className={cx(
        "inline-grid shrink-0 place-items-center rounded-full font-semibold text-ink select-none",
        sizes[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  // Quotation marks and dashes are not what anybody is called.
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) =>
    word ? Array.from(word)[0] : "",
  );
  return letters.join("").toLocaleUpperCase() || "–";
}
