"use client";
import { EVENTS, type EventQuery, type Leaf } from "@/lib/segments/model";
import { useBuilder } from "./context";
import { NumberBox, Pick } from "./controls";
import { FilterFields } from "./event-fields";
import { WindowFields } from "./tests";

/** In another segment, or not, and for how long. */
export function SegmentFields({
  leaf,
  onLeaf,
}: {
  leaf: Leaf & { kind: "segment" };
  onLeaf: (leaf: Leaf) => void;
}) {
  const { text, lists } = useBuilder();
  return (
    <>
      <Pick
        label={text("build.test")}
        value={leaf.op}
        options={(["in", "not_in"] as const).map((op) => ({
          value: op,
          name: text(op === "in" ? "op.inSegment" : "op.notInSegment"),
        }))}
        onPick={(op) => onLeaf({ ...leaf, op })}
      />
      <Pick
        label={text("other.segment")}
        value={String(leaf.segment)}
        options={lists.segment.map(({ value, name }) => ({ value: String(value), name }))}
        onPick={(id) => onLeaf({ ...leaf, segment: Number(id) })}
      />
      <span className="text-sm text-muted">{text("build.forDays")}</span>
      <NumberBox
        label={text("build.forDays")}
        value={leaf.forDays ?? 0}
        max={3_660}
        onNumber={(days) => onLeaf({ ...leaf, forDays: days === 0 ? null : days })}
      />
    </>
  );
}

/** First one thing, then another or not. */
export function SequenceFields({
  leaf,
  today,
  onLeaf,
}: {
  leaf: Leaf & { kind: "sequence" };
  today: string;
  onLeaf: (leaf: Leaf) => void;
}) {
  const { text } = useBuilder();
  return (
    <div className="grid w-full gap-3">
      <QueryFields
        label={text("build.first")}
        query={leaf.first}
        onQuery={(first) => onLeaf({ ...leaf, first })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <WindowFields window={leaf.window} today={today} onWindow={(window) => onLeaf({ ...leaf, window })} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Pick
          label={text("build.test")}
          value={leaf.op}
          options={(["then", "then_not"] as const).map((op) => ({ value: op, name: text(`op.${op}`) }))}
          onPick={(op) => onLeaf({ ...leaf, op })}
        />
        <NumberBox
          label={text("build.days")}
          min={1}
          value={leaf.days}
          onNumber={(days) => onLeaf({ ...leaf, days })}
        />
        <span className="text-sm text-muted">{text("unit.day")}</span>
      </div>
      <QueryFields
        label={text("build.next")}
        query={leaf.next}
        onQuery={(next) => onLeaf({ ...leaf, next })}
      />
    </div>
  );
}

function QueryFields({
  label,
  query,
  onQuery,
}: {
  label: string;
  query: EventQuery;
  onQuery: (query: EventQuery) => void;
}) {
  const { text } = useBuilder();
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      <Pick
        label={label}
        value={query.event}
        options={EVENTS.map(({ id }) => ({ value: id, name: text(`event.${id}`) }))}
        onPick={(event) => onQuery({ event, where: [] })}
      />
      <FilterFields query={query} onQuery={(where) => onQuery({ ...query, where })} />
    </fieldset>
  );
}
