"use client";
import { PickManyInline } from "@/components/office/pick-many";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type FieldLeaf, fieldOf, type Leaf } from "@/lib/segments/model";
import { useBuilder } from "./context";
import { NumberBox, Pick } from "./controls";
import { EventFields } from "./event-fields";
import { freshLeaf, subjectOf, subjectsFor } from "./fresh";
import { SegmentFields, SequenceFields } from "./relation-fields";
import { DayFields, isKnown, NumberFields } from "./tests";

/** One condition: what it is about, and what is asked of it. */
export function LeafFields({
  leaf,
  today,
  salt,
  onLeaf,
}: {
  leaf: Leaf;
  today: string;
  salt: number;
  onLeaf: (leaf: Leaf) => void;
}) {
  const { text, lists, words } = useBuilder();
  const name = (subject: string) => {
    const [kind = "", id] = subject.split(":");
    if (kind === "field" && id !== undefined) return words.label("field", id);
    return text(id === undefined ? `other.${kind}` : `${kind}.${id}`);
  };
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <Select
        aria-label={text("build.subject")}
        className="max-w-full"
        value={subjectOf(leaf)}
        onChange={(event) => onLeaf(freshLeaf(event.target.value, lists, salt))}
      >
        {subjectsFor(lists, subjectOf(leaf)).map(({ group, ids }) => (
          <optgroup key={group} label={text(`group.${group}`)}>
            {ids
              .filter((id) => id !== "segment" || lists.segment.length > 0)
              .map((id) => (
                <option key={id} value={id}>
                  {name(id)}
                </option>
              ))}
          </optgroup>
        ))}
      </Select>
      <Asked leaf={leaf} today={today} onLeaf={onLeaf} />
    </div>
  );
}

function Asked({ leaf, today, onLeaf }: { leaf: Leaf; today: string; onLeaf: (leaf: Leaf) => void }) {
  const { text } = useBuilder();
  switch (leaf.kind) {
    case "event":
      return <EventFields leaf={leaf} today={today} onLeaf={onLeaf} />;
    case "sequence":
      return <SequenceFields leaf={leaf} today={today} onLeaf={onLeaf} />;
    case "segment":
      return <SegmentFields leaf={leaf} onLeaf={onLeaf} />;
    case "expiring":
      return (
        <>
          <NumberBox
            label={text("build.days")}
            value={leaf.days}
            onNumber={(days) => onLeaf({ ...leaf, days })}
          />
          <span className="text-sm text-muted">{text("unit.day")}</span>
          <NumberFields
            test={leaf.test}
            unit="points"
            onTest={(test) => !isKnown(test) && onLeaf({ ...leaf, test })}
          />
        </>
      );
    case "random":
      return (
        <>
          <NumberBox
            label={text("build.percent")}
            value={leaf.percent}
            min={0.01}
            max={100}
            step={0.01}
            onNumber={(percent) => onLeaf({ ...leaf, percent })}
          />
          <span aria-hidden="true">%</span>
        </>
      );
    case "list":
      return (
        <Textarea
          aria-label={text("build.ids")}
          placeholder={text("build.ids")}
          defaultValue={leaf.ids.join("\n")}
          onChange={(event) => {
            const ids = [...new Set((event.target.value.match(/\d+/g) ?? []).map(Number))];
            if (ids.length > 0) onLeaf({ ...leaf, ids });
          }}
        />
      );
    case "text":
    case "number":
    case "day":
    case "choice":
    case "set":
    case "flag":
      return <FieldFields leaf={leaf} today={today} onLeaf={onLeaf} />;
  }
}

const TEXT_OPS = ["is", "contains", "starts", "known", "unknown"] as const;
const SET_OPS = ["any", "all", "none"] as const;

function FieldFields({
  leaf,
  today,
  onLeaf,
}: {
  leaf: FieldLeaf;
  today: string;
  onLeaf: (leaf: Leaf) => void;
}) {
  const { text, choices, words } = useBuilder();
  const options = choices(leaf.field);
  switch (leaf.kind) {
    case "number":
      return (
        <NumberFields
          test={leaf.test}
          unit={fieldOf(leaf.field)?.unit ?? "plain"}
          mayBeMissing
          onTest={(test) => onLeaf({ ...leaf, test })}
        />
      );
    case "day":
      return <DayFields test={leaf.test} today={today} onTest={(test) => onLeaf({ ...leaf, test })} />;
    case "flag":
      return (
        <Pick
          label={text("build.test")}
          value={leaf.test.is ? "isTrue" : "isFalse"}
          options={(["isTrue", "isFalse"] as const).map((one) => ({
            value: one,
            name: text(`build.${one}`),
          }))}
          onPick={(one) => onLeaf({ ...leaf, test: { is: one === "isTrue" } })}
        />
      );
    case "text": {
      const value = "value" in leaf.test ? leaf.test.value : "";
      return (
        <>
          <Pick
            label={text("build.test")}
            value={leaf.test.op}
            options={TEXT_OPS.map((op) => ({ value: op, name: text(`op.${op}`) }))}
            onPick={(op) =>
              onLeaf({ ...leaf, test: op === "known" || op === "unknown" ? { op } : { op, value } })
            }
          />
          {"value" in leaf.test && (
            <Input
              aria-label={text("build.value")}
              className="w-56"
              maxLength={120}
              value={value}
              onChange={(event) =>
                "value" in leaf.test &&
                onLeaf({ ...leaf, test: { op: leaf.test.op, value: event.target.value } })
              }
            />
          )}
        </>
      );
    }
    case "choice": {
      const values =
        "values" in leaf.test ? leaf.test.values : options.slice(0, 1).map(({ value }) => String(value));
      return (
        <>
          <Pick
            label={text("build.test")}
            value={leaf.test.op}
            options={(["in", "not_in", "known", "unknown"] as const).map((op) => ({
              value: op,
              name: text(`op.${op}`),
            }))}
            onPick={(op) =>
              onLeaf({ ...leaf, test: op === "known" || op === "unknown" ? { op } : { op, values } })
            }
          />
          {"values" in leaf.test && (
            <PickManyInline
              label={words.label("field", leaf.field)}
              options={options}
              values={values}
              onPick={(next) =>
                "values" in leaf.test &&
                onLeaf({ ...leaf, test: { op: leaf.test.op, values: next.map(String) } })
              }
            />
          )}
        </>
      );
    }
    case "set":
      return (
        <>
          <Pick
            label={text("build.test")}
            value={leaf.test.op}
            options={SET_OPS.map((op) => ({ value: op, name: text(op === "all" ? "op.every" : `op.${op}`) }))}
            onPick={(op) => onLeaf({ ...leaf, test: { ...leaf.test, op } })}
          />
          <PickManyInline
            label={words.label("field", leaf.field)}
            options={options}
            values={leaf.test.values}
            onPick={(values) => onLeaf({ ...leaf, test: { ...leaf.test, values } })}
          />
        </>
      );
  }
}
