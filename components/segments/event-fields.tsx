"use client";
import { Plus, X } from "lucide-react";
import { PickManyInline } from "@/components/office/pick-many";
import { Button } from "@/components/ui/button";
import {
  DISTINCT_PROPS,
  type EventLeaf,
  type EventQuery,
  eventOf,
  type Filter,
  type Measure,
  type NumberUnit,
} from "@/lib/segments/model";
import { useBuilder } from "./context";
import { Pick } from "./controls";
import { DayFields, isKnown, NumberFields, WindowFields } from "./tests";

const MEASURES = [
  "did",
  "did_not",
  "count",
  "sum",
  "average",
  "min",
  "max",
  "distinct",
  "share",
  "first",
  "last",
] as const;

const unitOf = (prop: string, event: string): NumberUnit | "plain" =>
  prop !== "amount" ? "plain" : event.endsWith("_points") ? "points" : "money";

/** What is asked about events: when, what is counted, and how much of it. */
export function EventFields({
  leaf,
  today,
  onLeaf,
}: {
  leaf: EventLeaf;
  today: string;
  onLeaf: (leaf: EventLeaf) => void;
}) {
  const { text } = useBuilder();
  const { measure } = leaf;
  const event = eventOf(leaf.event);
  const hasQuantity = event?.quantity !== null;
  const props = DISTINCT_PROPS.filter(
    (prop) => prop === "day" || hasQuantity || (prop !== "item" && prop !== "category"),
  );
  const set = (next: Measure) => onLeaf({ ...leaf, measure: next });
  return (
    <>
      <WindowFields window={leaf.window} today={today} onWindow={(window) => onLeaf({ ...leaf, window })} />
      <Pick
        label={text("build.measure")}
        value={measure.of}
        options={MEASURES.map((of) => ({ value: of, name: text(`meas.${of}`) }))}
        onPick={(of) => set(freshMeasure(of))}
      />
      {(measure.of === "sum" || measure.of === "average" || measure.of === "min" || measure.of === "max") &&
        hasQuantity && (
          <Pick
            label={text("build.prop")}
            value={measure.prop}
            options={(["amount", "quantity"] as const).map((prop) => ({
              value: prop,
              name: text(`prop.${prop}`),
            }))}
            onPick={(prop) => set({ ...measure, prop })}
          />
        )}
      {measure.of === "distinct" && (
        <Pick
          label={text("build.prop")}
          value={measure.prop}
          options={props.map((prop) => ({ value: prop, name: text(`prop.${prop}`) }))}
          onPick={(prop) => set({ ...measure, prop })}
        />
      )}
      {(measure.of === "first" || measure.of === "last") && (
        <DayFields test={measure.test} today={today} onTest={(test) => set({ of: measure.of, test })} />
      )}
      {isCounted(measure) && (
        <NumberFields
          test={measure.test}
          unit={"prop" in measure ? unitOf(measure.prop, leaf.event) : "plain"}
          onTest={(test) => {
            if (!isKnown(test)) set({ ...measure, test });
          }}
        />
      )}
      <FilterFields query={leaf} onQuery={(where) => onLeaf({ ...leaf, where })} />
    </>
  );
}

type Counted = Exclude<Measure, { of: "did" | "did_not" } | { of: "first" | "last" }>;
const isCounted = (measure: Measure): measure is Counted =>
  "test" in measure && measure.of !== "first" && measure.of !== "last";

function freshMeasure(of: (typeof MEASURES)[number]): Measure {
  const atLeast = (value: number) => ({ op: "at_least" as const, value });
  switch (of) {
    case "did":
    case "did_not":
      return { of };
    case "count":
      return { of, test: atLeast(2) };
    case "share":
      return { of, test: atLeast(50) };
    case "distinct":
      return { of, prop: "day", test: atLeast(2) };
    case "first":
    case "last":
      return { of, test: { op: "last", n: 30, unit: "day" } };
    case "sum":
    case "average":
    case "min":
    case "max":
      return { of, prop: "amount", test: atLeast(10_000) };
  }
}

/** Only those events where ... */
export function FilterFields({
  query,
  onQuery,
}: {
  query: EventQuery;
  onQuery: (where: readonly Filter[]) => void;
}) {
  const { text, choices } = useBuilder();
  const event = eventOf(query.event);
  const props = [
    ...(event?.props ?? []),
    "amount" as const,
    ...(event?.quantity === null ? [] : (["quantity"] as const)),
  ];
  const fresh = (prop: (typeof props)[number]): Filter | undefined => {
    if (prop === "amount" || prop === "quantity")
      return { prop, test: { op: "at_least", value: prop === "amount" ? 10_000 : 2 } };
    const first = choices(prop)[0];
    return first && { prop, op: "in", values: [first.value] };
  };
  const usable = props.filter((prop) => fresh(prop) !== undefined);
  const [firstProp] = usable;
  const set = (index: number, filter: Filter | undefined) =>
    filter && onQuery(query.where.with(index, filter));
  return (
    <div className="grid w-full gap-2">
      {query.where.map((filter, index) => (
        <div key={`${index} ${filter.prop}`} className="flex flex-wrap items-center gap-2 border-l-2 pl-3">
          <span className="text-sm text-muted">{text("build.filter")}</span>
          <Pick
            label={text("build.subject")}
            value={filter.prop}
            options={usable.map((prop) => ({ value: prop, name: text(`prop.${prop}`) }))}
            onPick={(prop) => set(index, fresh(prop))}
          />
          {"test" in filter ? (
            <NumberFields
              test={filter.test}
              unit={unitOf(filter.prop, query.event)}
              onTest={(test) => !isKnown(test) && set(index, { ...filter, test })}
            />
          ) : (
            <>
              <Pick
                label={text("build.test")}
                value={filter.op}
                options={(["in", "not_in"] as const).map((op) => ({ value: op, name: text(`op.${op}`) }))}
                onPick={(op) => set(index, { ...filter, op })}
              />
              <PickManyInline
                label={text(`prop.${filter.prop}`)}
                options={choices(filter.prop)}
                values={filter.values}
                onPick={(values) => set(index, { ...filter, values })}
              />
            </>
          )}
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={text("build.remove")}
            onClick={() => onQuery(query.where.toSpliced(index, 1))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {firstProp !== undefined && query.where.length < 10 && (
        <Button
          variant="ghost"
          size="sm"
          className="w-fit"
          onClick={() => {
            const filter = fresh(firstProp);
            if (filter) onQuery([...query.where, filter]);
          }}
        >
          <Plus aria-hidden="true" />
          {text("build.addFilter")}
        </Button>
      )}
    </div>
  );
}
