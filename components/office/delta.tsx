import type { Formats } from "@/lib/platform/i18n/format";

/** By how much of itself an amount changes, in words with a sign; nothing when it does not. */
export function Delta({ from, to, f }: { from: bigint; to: bigint; f: Formats }) {
  if (from === to || from === 0n) return null;
  return <span className="text-xs text-faint">{f.percentSigned(Number(to - from) / Number(from))}</span>;
}
