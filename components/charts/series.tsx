"use client";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

/** One kind of figure: bars, bars upon each other, or a line; dashed for what is only expected; none: in the table and the tip alone. */
export type Series = {
  readonly name: string;
  readonly color: 1 | 2 | 3 | 4 | 5 | 6;
  readonly shape: "bar" | "stack" | "line" | "dashed" | "none";
};

/** One place along the axis: `label` under it, `title` and `texts` when pointed at; a value for each series. */
export type Point = {
  readonly label: string;
  readonly title: string;
  readonly values: readonly (number | null)[];
  readonly texts: readonly string[];
};

const HEIGHT = 272;

/** Several kinds of figures over one axis. Its height is fixed, so that nothing moves when it arrives. */
export function SeriesChart({
  series,
  points,
  tick,
}: {
  series: readonly Series[];
  points: readonly Point[];
  tick: (value: number) => string;
}) {
  return (
    <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 640, height: HEIGHT }}>
      <ComposedChart
        data={[...points]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="18%"
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={false}
          minTickGap={20}
          tick={{ fill: "var(--faint)", fontSize: 12 }}
          height={28}
        />
        <YAxis
          tickFormatter={tick}
          tickLine={false}
          axisLine={false}
          width={60}
          tickCount={5}
          tick={{ fill: "var(--faint)", fontSize: 12 }}
        />
        <Tooltip
          cursor={{ fill: "var(--sunken)", stroke: "var(--line)" }}
          isAnimationActive={false}
          content={<Pointed series={series} />}
        />
        {series.filter(({ shape }) => shape !== "none").length > 1 && (
          <Legend iconSize={10} wrapperStyle={{ fontSize: 13, paddingTop: 6 }} formatter={named} />
        )}
        {series.map((one, index) => drawnAs(one, index))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** A name in the colour of text: that of its series is often too light to read. */
const named = (name: string) => <span className="text-muted">{name}</span>;

function drawnAs({ name, color, shape }: Series, index: number) {
  const paint = `var(--chart-${color})`;
  const dataKey = (point: Point) => point.values[index];
  if (shape === "none") return null;
  if (shape === "bar" || shape === "stack")
    return (
      <Bar
        key={name}
        name={name}
        dataKey={dataKey}
        fill={paint}
        isAnimationActive={false}
        {...(shape === "stack"
          ? { stackId: "all" }
          : { radius: [3, 3, 0, 0] as [number, number, number, number] })}
      />
    );
  return (
    <Line
      key={name}
      name={name}
      dataKey={dataKey}
      stroke={paint}
      strokeWidth={2}
      dot={false}
      isAnimationActive={false}
      {...(shape === "dashed" && { strokeDasharray: "6 4" })}
    />
  );
}

/** What the pointer, or the arrow keys, stand on; the chart hands in what it is. */
function Pointed({
  series,
  active,
  payload,
}: {
  series: readonly Series[];
  active?: boolean;
  payload?: readonly { payload?: Point }[];
}) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-md border bg-raised px-3 py-2 text-sm shadow-pop">
      <p className="text-muted">{point.title}</p>
      {series.map(({ name }, index) => (
        <p key={name} className="font-semibold tabular-nums">
          {name}: {point.texts[index]}
        </p>
      ))}
    </div>
  );
}
