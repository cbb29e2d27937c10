/** A condition to begin with, for what was picked: whole from the start, so that it counts at once. */
import {
  EVENTS,
  FIELD_GROUPS,
  FIELDS,
  type Field,
  type FieldLeaf,
  fieldOf,
  type Leaf,
} from "@/lib/segments/model";
import { type Lists, ownField } from "./words";

export const OTHERS = ["sequence", "segment", "expiring", "random", "list"] as const;

/** Everything a condition can be about, by group: `field:visits`, `event:purchase`, `sequence`. */
export const SUBJECTS: readonly { group: string; ids: readonly string[] }[] = [
  ...FIELD_GROUPS.map((group) => ({
    group,
    ids: FIELDS.filter((field) => field.group === group).map(({ id }) => `field:${id}`),
  })),
  { group: "events", ids: EVENTS.map(({ id }) => `event:${id}`) },
  { group: "other", ids: OTHERS },
];

/** The same with the business's own fields; one that was put away stands there only where it is asked about. */
export function subjectsFor(lists: Lists, current: string): typeof SUBJECTS {
  const ids = lists.own
    .filter(({ id, isAway }) => !isAway || current === `field:${id}`)
    .map(({ id }) => `field:${id}`);
  if (ids.length === 0) return SUBJECTS;
  const at = SUBJECTS.findIndex(({ group }) => group === "person") + 1;
  return SUBJECTS.toSpliced(at, 0, { group: "own", ids });
}

export const subjectOf = (leaf: Leaf): string =>
  leaf.kind === "event" ? `event:${leaf.event}` : "field" in leaf ? `field:${leaf.field}` : leaf.kind;

/** A whole condition about a subject. `salt`: makes a random share one of its own. */
export function freshLeaf(subject: string, lists: Lists, salt: number): Leaf {
  const [kind = "", id = ""] = subject.split(":");
  if (kind === "field") return freshField(fieldOf(id), lists);
  const last = { in: "last", n: 30, unit: "day" } as const;
  const bought = { event: "purchase", where: [] };
  switch (kind) {
    case "event":
      return { kind: "event", event: id, where: [], window: last, measure: { of: "did" } };
    case "segment":
      return { kind, op: "in", segment: Number(lists.segment[0]?.value ?? 1), forDays: null };
    case "expiring":
      return { kind, days: 14, test: { op: "at_least", value: 100 } };
    case "random":
      return { kind, percent: 50, salt };
    case "list":
      return { kind, ids: [1] };
    default:
      return {
        kind: "sequence",
        first: bought,
        op: "then_not",
        next: bought,
        days: 30,
        window: { in: "ever" },
      };
  }
}

function freshField(field: Field | undefined, lists: Lists): FieldLeaf {
  const id = field?.id ?? "visits";
  switch (field?.kind) {
    case "text":
      return { kind: "text", field: id, test: { op: "known" } };
    case "day":
      return {
        kind: "day",
        field: id,
        test: id === "birthday" ? { op: "anniversary", days: 7 } : { op: "last", n: 30, unit: "day" },
      };
    case "choice": {
      const first =
        id === "tier" ? lists.tier[0]?.value : (ownField(lists, id)?.options[0] ?? field.choices?.[0]);
      return {
        kind: "choice",
        field: id,
        test: first === undefined ? { op: "known" } : { op: "in", values: [String(first)] },
      };
    }
    case "set": {
      const first = field.choices?.[0] ?? lists.tags[0]?.value ?? 1;
      return { kind: "set", field: id, test: { op: "any", values: [first] } };
    }
    case "flag":
      return { kind: "flag", field: id, test: { is: true } };
    case "number":
    case undefined:
      return {
        kind: "number",
        field: id,
        test: { op: "at_least", value: field?.unit === "money" || field?.unit === "points" ? 10_000 : 1 },
      };
  }
}
