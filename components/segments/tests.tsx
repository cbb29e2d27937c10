"use client";
import { Input } from "@/components/ui/input";
import {
  type DayTest,
  type KnownTest,
  type NumberTest,
  type NumberUnit,
  UNITS,
  type Unit,
  type Window,
} from "@/lib/segments/model";
import { useBuilder } from "./context";
import { NumberBox, Pick, UnitBox } from "./controls";

const NUMBER_OPS = ["at_least", "at_most", "exactly", "between"] as const;
const KNOWN_OPS = ["known", "unknown"] as const;
const DAY_OPS = [
  "last",
  "before",
  "next",
  "anniversary",
  "on_or_after",
  "on_or_before",
  "between",
  "known",
  "unknown",
] as const;

export const isKnown = (test: { readonly op: string }): test is KnownTest => test.op.endsWith("known");

/** At least, at most, exactly, from and to; `known` where the value may be missing. */
export function NumberFields({
  test,
  unit,
  mayBeMissing = false,
  onTest,
}: {
  test: NumberTest | KnownTest;
  unit: NumberUnit | "plain";
  mayBeMissing?: boolean;
  onTest: (test: NumberTest | KnownTest) => void;
}) {
  const { text } = useBuilder();
  const value = isKnown(test) ? 1 : test.op === "between" ? test.from : test.value;
  const ops = mayBeMissing ? ([...NUMBER_OPS, ...KNOWN_OPS] as const) : NUMBER_OPS;
  return (
    <>
      <Pick
        label={text("build.test")}
        value={test.op}
        options={ops.map((op) => ({ value: op, name: text(`op.${op}`) }))}
        onPick={(op) => {
          if (op === "known" || op === "unknown") onTest({ op });
          else onTest(op === "between" ? { op, from: value, to: Math.max(value, value * 2) } : { op, value });
        }}
      />
      {!isKnown(test) && test.op !== "between" && (
        <UnitBox
          key={test.op}
          label={text("build.value")}
          unit={unit}
          value={test.value}
          onNumber={(next) => onTest({ op: test.op, value: next })}
        />
      )}
      {test.op === "between" && (
        <>
          <UnitBox
            label={text("build.from")}
            unit={unit}
            value={test.from}
            onNumber={(from) => onTest({ ...test, from })}
          />
          <span aria-hidden="true">–</span>
          <UnitBox
            label={text("build.to")}
            unit={unit}
            value={test.to}
            onNumber={(to) => onTest({ ...test, to })}
          />
        </>
      )}
    </>
  );
}

function DayBox({ label, day, onDay }: { label: string; day: string; onDay: (day: string) => void }) {
  return (
    <Input
      type="date"
      aria-label={label}
      className="w-40"
      value={day}
      onChange={(event) => event.target.value !== "" && onDay(event.target.value)}
    />
  );
}

function SpanFields<U extends Unit>({
  n,
  unit,
  units,
  onSpan,
}: {
  n: number;
  unit: U;
  units: readonly U[];
  onSpan: (n: number, unit: U) => void;
}) {
  const { text } = useBuilder();
  return (
    <>
      <NumberBox label={text("build.value")} min={1} value={n} onNumber={(next) => onSpan(next, unit)} />
      <Pick
        label={text("build.unit")}
        value={unit}
        options={units.map((one) => ({ value: one, name: text(`unit.${one}`) }))}
        onPick={(next) => onSpan(n, next)}
      />
    </>
  );
}

const DAY_UNITS = ["day", "week", "month", "year"] as const;

/** A day: so long ago, soon, its anniversary, fixed dates. `today` is what fixed dates begin with. */
export function DayFields({
  test,
  today,
  onTest,
}: {
  test: DayTest;
  today: string;
  onTest: (test: DayTest) => void;
}) {
  const { text } = useBuilder();
  const fresh = (op: (typeof DAY_OPS)[number]): DayTest => {
    if (op === "known" || op === "unknown") return { op };
    if (op === "last" || op === "before") return { op, n: 30, unit: "day" };
    if (op === "next" || op === "anniversary") return { op, days: 7 };
    return op === "between" ? { op, from: today, to: today } : { op, day: today };
  };
  return (
    <>
      <Pick
        label={text("build.test")}
        value={test.op}
        options={DAY_OPS.map((op) => ({ value: op, name: text(`op.${op}`) }))}
        onPick={(op) => onTest(fresh(op))}
      />
      {"unit" in test && (
        <SpanFields
          n={test.n}
          unit={test.unit}
          units={DAY_UNITS}
          onSpan={(n, unit) => onTest({ op: test.op, n, unit })}
        />
      )}
      {"days" in test && (
        <NumberBox
          label={text("build.days")}
          value={test.days}
          max={test.op === "anniversary" ? 364 : 3_660}
          onNumber={(days) => onTest({ op: test.op, days })}
        />
      )}
      {"day" in test && (
        <DayBox label={text("build.value")} day={test.day} onDay={(day) => onTest({ op: test.op, day })} />
      )}
      {test.op === "between" && (
        <>
          <DayBox label={text("build.from")} day={test.from} onDay={(from) => onTest({ ...test, from })} />
          <DayBox label={text("build.to")} day={test.to} onDay={(to) => onTest({ ...test, to })} />
        </>
      )}
    </>
  );
}

const WINDOWS = ["ever", "last", "before", "ago", "dates"] as const;

/** When the counted things happened. */
export function WindowFields({
  window,
  today,
  onWindow,
}: {
  window: Window;
  today: string;
  onWindow: (window: Window) => void;
}) {
  const { text } = useBuilder();
  const fresh = (kind: (typeof WINDOWS)[number]): Window => {
    if (kind === "ever") return { in: kind };
    if (kind === "ago") return { in: kind, from: 30, to: 60, unit: "day" };
    return kind === "dates" ? { in: kind, from: today, to: null } : { in: kind, n: 30, unit: "day" };
  };
  return (
    <>
      <Pick
        label={text("build.window")}
        value={window.in}
        options={WINDOWS.map((kind) => ({ value: kind, name: text(`win.${kind}`) }))}
        onPick={(kind) => onWindow(fresh(kind))}
      />
      {"n" in window && (
        <SpanFields
          n={window.n}
          unit={window.unit}
          units={UNITS}
          onSpan={(n, unit) => onWindow({ in: window.in, n, unit })}
        />
      )}
      {window.in === "ago" && (
        <>
          <NumberBox
            label={text("build.from")}
            min={1}
            value={window.from}
            onNumber={(from) => onWindow({ ...window, from, to: Math.max(window.to, from + 1) })}
          />
          <SpanFields
            n={window.to}
            unit={window.unit}
            units={UNITS}
            onSpan={(to, unit) => onWindow({ ...window, to, unit })}
          />
        </>
      )}
      {window.in === "dates" && (
        <>
          <DayBox
            label={text("build.from")}
            day={window.from ?? ""}
            onDay={(from) => onWindow({ ...window, from })}
          />
          <DayBox
            label={text("build.to")}
            day={window.to ?? ""}
            onDay={(to) => onWindow({ ...window, to })}
          />
        </>
      )}
    </>
  );
}
