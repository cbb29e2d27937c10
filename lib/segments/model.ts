/** Segments as screens and other modules know them. Browser-safe: the rule, what it may ask, and how it reads. */
import type { Rule } from "./rule/model";

export { decide, explain, type Facts, type Seen, type Verdict } from "./decide/model";
export { EVENTS, eventOf, SOURCES } from "./events/model";
export {
  FIELD_GROUPS,
  FIELDS,
  type Field,
  type FieldGroup,
  fieldOf,
  type NumberUnit,
  ownFieldId,
  RFM_CELLS,
} from "./fields/model";
export { READY, type Ready, readyRule } from "./ready/model";
export {
  CHOICE_PROPS,
  type ChoiceProp,
  type ChoiceTest,
  type DayTest,
  DISTINCT_PROPS,
  type EventLeaf,
  type EventQuery,
  type FieldLeaf,
  type Filter,
  GROUP_KINDS,
  type Group,
  type GroupKind,
  isGroup,
  type KnownTest,
  type Leaf,
  LIMITS,
  type Measure,
  type Node,
  type NumberTest,
  nodesOf,
  RULE_VERSION,
  type Rule,
  type SequenceLeaf,
  type SetTest,
  segmentsIn,
  type TextTest,
  UNITS,
  type Unit,
  type Window,
} from "./rule/model";
export { leafText, type Part, sentence, type Words } from "./sentence/model";

/** A segment as lists show it. */
export type Segment = {
  readonly id: bigint;
  readonly name: string;
  readonly version: number;
  readonly rule: Rule;
  /** Members in it now. */
  readonly size: number;
  readonly updatedAt: Date;
  /** Null: nobody was decided yet by this version. */
  readonly builtAt: Date | null;
  readonly archivedAt: Date | null;
  /** While everybody is decided by a new rule: how many are, of how many. Until then it is not known who is in. */
  readonly counting: { readonly done: number; readonly total: number } | null;
};

/** Somebody in a segment, as its page lists them. */
export type SegmentMember = {
  readonly id: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly enteredAt: Date;
  readonly visits: number;
  readonly lastAt: Date | null;
};

/** How many were in a segment at the end of a day, who came and who went. */
export type SizeDay = {
  readonly day: string;
  readonly size: number;
  readonly entered: number;
  readonly left: number;
};
