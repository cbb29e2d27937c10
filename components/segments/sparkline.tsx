import type { SizeDay } from "@/lib/segments/model";

const WIDTH = 120;
const HEIGHT = 28;

/** A segment's size over the last days as a small line. `label` says the same in words. */
export function Sparkline({ days, label }: { days: readonly SizeDay[]; label: string }) {
  const sizes = days.map(({ size }) => size);
  const [lowest, highest] = [Math.min(...sizes), Math.max(...sizes)];
  const points = (sizes.length === 1 ? [...sizes, ...sizes] : sizes).map((size, index, all) => {
    const x = (index / (all.length - 1)) * (WIDTH - 2) + 1;
    const y =
      highest === lowest ? HEIGHT / 2 : HEIGHT - 3 - ((size - lowest) / (highest - lowest)) * (HEIGHT - 6);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-7 w-30 text-brand">
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
