import type { Formats } from "@/lib/platform/i18n/format";
import type { Line } from "@/lib/sales";

/** The services and goods on a bill. */
export function Lines({ lines, f }: { lines: readonly Line[]; f: Formats }) {
  return (
    <ul className="grid gap-1 text-sm text-muted">
      {lines.map((line, index) => (
        // A bill's lines have no ids and never change places.
        // oxlint-disable-next-line react/no-array-index-key -- lines of one bill may be alike
        <li key={`${index}-${line.name}`} className="flex justify-between gap-4">
          <span className="min-w-0 wrap-anywhere">
            {line.name}
            {line.quantity > 1 && ` × ${line.quantity}`}
          </span>
          <span className="tabular-nums">{f.money(line.amountMinor, { whole: "drop" })}</span>
        </li>
      ))}
    </ul>
  );
}
