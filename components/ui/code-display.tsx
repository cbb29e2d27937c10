import { cx } from "./cx";

/** A short code to read aloud or type over, in groups of three; screen readers say it digit by digit. */
export function CodeDisplay({
  code,
  label,
  as: Tag = "p",
  className,
}: {
  code: string;
  label: string;
  /** `span` inside a button. */
  as?: "p" | "span";
  className?: string;
}) {
  const groups = code.match(/.{1,3}/g) ?? [];
  return (
    <Tag className={cx("text-4xl font-semibold tracking-[0.06em] tabular-nums", className)}>
      <span className="sr-only">{`${label}: ${Array.from(code).join(" ")}`}</span>
      <span aria-hidden="true" className="inline-flex gap-[0.32em]">
        {groups.map((group, index) => (
          // Groups of one code have no ids and never change places.
          // oxlint-disable-next-line react/no-array-index-key -- groups of digits may be alike
          <span key={index}>{group}</span>
        ))}
      </span>
    </Tag>
  );
}
