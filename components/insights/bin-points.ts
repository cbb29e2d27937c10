import type { Point } from "@/components/charts/series";
import type { Bin } from "@/lib/insights";

/** The columns of a distribution as points, without the empty ones at its end. `text` writes one edge. */
export function binPoints(
  bins: readonly Bin[],
  {
    text,
    range,
    more,
    count,
  }: {
    text: (edge: number) => string;
    range: (from: string, to: string) => string;
    more: (from: string) => string;
    count: (value: number) => string;
  },
): Point[] {
  const used = bins.slice(0, bins.findLastIndex((bin) => bin.count > 0) + 1);
  return used.map(({ from, count: value }) => {
    const next = bins[bins.findIndex((bin) => bin.from === from) + 1];
    const title = next ? range(text(from), text(next.from)) : more(text(from));
    return { label: text(from), title, values: [value], texts: [count(value)] };
  });
}
