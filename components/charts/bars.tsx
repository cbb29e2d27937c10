"use client";
import { BarChart, CartesianGrid, Bar as Column, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

/** One column: `label` under it, `title` and `text` when pointed at. */
export type Bar = { label: string; title: string; value: number; text: string };

/** Columns over time. Its height is fixed, so that nothing moves when it arrives. */
export function Bars({
  bars,
  name,
  tick,
}: {
  bars: readonly Bar[];
  name: string;
  tick: (value: number) => string;
}) {
  return (
    <ResponsiveContainer width="100%" height={256} initialDimension={{ width: 640, height: 256 }}>
      <BarChart
        data={[...bars]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="18%"
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={false}
          minTickGap={28}
          tick={{ fill: "var(--faint)", fontSize: 12 }}
          height={28}
        />
        <YAxis
          tickFormatter={tick}
          tickLine={false}
          axisLine={false}
          width={64}
          tickCount={5}
          allowDecimals={false}
          tick={{ fill: "var(--faint)", fontSize: 12 }}
        />
        <Tooltip
          cursor={{ fill: "var(--sunken)" }}
          isAnimationActive={false}
          content={<Pointed name={name} />}
        />
        <Column
          dataKey="value"
          name={name}
          fill="var(--chart-1)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

/** What the pointer, or the arrow keys, stand on; the chart hands in what it is. */
function Pointed({
  name,
  active,
  payload,
}: {
  name: string;
  active?: boolean;
  payload?: readonly { payload?: Bar }[];
}) {
  const bar = payload?.[0]?.payload;
  if (!active || !bar) return null;
  return (
    <div className="rounded-md border bg-raised px-3 py-2 text-sm shadow-pop">
      <p className="text-muted">{bar.title}</p>
      <p className="font-semibold tabular-nums">
        {name}: {bar.text}
      </p>
    </div>
  );
}
