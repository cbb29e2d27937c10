/** A rule in plain words: which sentence parts it is made of, in order. The words come from whoever knows the language. */
import { fieldOf, type NumberUnit } from "../fields/model";
import {
  type DayTest,
  type EventQuery,
  type Filter,
  isGroup,
  type KnownTest,
  type Leaf,
  type Node,
  type NumberTest,
  type Rule,
  type Window,
} from "../rule/model";

/** How one language says things. `t`: a text by its key under `sentence`; the others write a value for people. */
export type Words = {
  readonly t: (key: string, values?: Record<string, string | number>) => string;
  readonly label: (kind: "field" | "event" | "prop", id: string) => string;
  readonly value: (list: string, value: string | number) => string;
  readonly number: (unit: NumberUnit | "plain", value: number) => string;
  readonly day: (day: string) => string;
};

/** A piece of the sentence; `path` is the node it speaks of, so that a screen can mark it. */
export type Part = { readonly path: string; readonly text: string };

/** The parts of a rule's sentence, in order. */
export function sentence(rule: Rule, words: Words): Part[] {
  if (rule.root.nodes.length === 0) return [{ path: "root", text: words.t("everybody") }];
  return partsOf(rule.root, "root", words, true);
}

function partsOf(node: Node, path: string, words: Words, isTop: boolean): Part[] {
  if (!isGroup(node)) return [{ path, text: leafText(node, words) }];
  if (node.nodes.length === 0) return [{ path, text: words.t("everybody") }];
  const joined = node.nodes.flatMap((one, index) => [
    ...(index === 0 ? [] : [{ path, text: words.t(node.kind === "all" ? "and" : "or") }]),
    ...partsOf(one, `${path}.nodes.${index}`, words, false),
  ]);
  const isBare = node.kind !== "none" && (isTop || node.nodes.length === 1);
  if (isBare) return joined;
  const open = node.kind === "none" ? words.t("none") : "(";
  return [{ path, text: open }, ...joined, { path, text: ")" }];
}

/** One condition in words. */
export function leafText(leaf: Leaf, words: Words): string {
  const { t } = words;
  switch (leaf.kind) {
    case "event": {
      const about = { event: queryText(leaf, words), window: windowText(leaf.window, words) };
      return t("event", { ...about, measure: measureText(leaf, words) });
    }
    case "sequence": {
      const values = { first: queryText(leaf.first, words), next: queryText(leaf.next, words) };
      return t(leaf.op, { ...values, days: leaf.days, window: windowText(leaf.window, words) });
    }
    case "segment": {
      const name = words.value("segment", leaf.segment);
      return leaf.forDays === null
        ? t(leaf.op === "in" ? "inSegment" : "notInSegment", { name })
        : t(leaf.op === "in" ? "inSegmentFor" : "notInSegmentFor", { name, days: leaf.forDays });
    }
    case "expiring":
      return t("expiring", { days: leaf.days, test: numberText(leaf.test, "points", words) });
    case "random":
      return t("random", { percent: words.number("plain", leaf.percent) });
    case "list":
      return t("list", { count: leaf.ids.length });
    case "text":
    case "number":
    case "day":
    case "choice":
    case "set":
    case "flag":
      return fieldText(leaf, words);
  }
}

function fieldText(leaf: Extract<Leaf, { field: string }>, words: Words): string {
  const field = words.label("field", leaf.field);
  const { t } = words;
  const list = (values: readonly (string | number)[]) => listText(leaf.field, values, words);
  switch (leaf.kind) {
    case "flag":
      return t(leaf.test.is ? "yes" : "no", { field });
    case "day":
      return t("field", { field, test: dayText(leaf.test, words) });
    case "set":
      return t("field", { field, test: t(`set.${leaf.test.op}`, { values: list(leaf.test.values) }) });
    case "text":
      if (!("value" in leaf.test)) return t(leaf.test.op, { field });
      return t("field", { field, test: t(`text.${leaf.test.op}`, { value: leaf.test.value }) });
    case "choice":
      if (!("values" in leaf.test)) return t(leaf.test.op, { field });
      return t("field", { field, test: t(leaf.test.op, { values: list(leaf.test.values) }) });
    case "number": {
      const { test } = leaf;
      if (!isNumberTest(test)) return t(test.op, { field });
      return t("field", { field, test: numberText(test, fieldOf(leaf.field)?.unit ?? "plain", words) });
    }
  }
}

const isNumberTest = (test: NumberTest | KnownTest): test is NumberTest => !test.op.endsWith("known");

function listText(list: string, values: readonly (string | number)[], words: Words): string {
  return values.map((value) => words.value(list, value)).join(words.t("comma"));
}

function numberText(test: NumberTest, unit: NumberUnit | "plain", words: Words): string {
  const say = (value: number) => words.number(unit, value);
  return test.op === "between"
    ? words.t("between", { from: say(test.from), to: say(test.to) })
    : words.t(test.op, { value: say(test.value) });
}

function dayText(test: DayTest, words: Words): string {
  const { t, day } = words;
  if ("unit" in test) return t(`day.${test.op}`, { span: t(`span.${test.unit}`, { n: test.n }) });
  if ("days" in test) return t(`day.${test.op}`, { days: test.days });
  if ("day" in test) return t(`day.${test.op}`, { day: day(test.day) });
  if ("to" in test) return t("between", { from: day(test.from), to: day(test.to) });
  return t(test.op === "known" ? "day.known" : "day.unknown");
}

function windowText(window: Window, words: Words): string {
  const { t, day } = words;
  switch (window.in) {
    case "ever":
      return t("window.ever");
    case "last":
    case "before":
      return t(`window.${window.in}`, { span: t(`span.${window.unit}`, { n: window.n }) });
    case "ago":
      return t("window.ago", { from: window.from, span: t(`span.${window.unit}`, { n: window.to }) });
    case "dates":
      if (window.from !== null && window.to !== null)
        return t("window.dates", { from: day(window.from), to: day(window.to) });
      if (window.from !== null) return t("window.since", { day: day(window.from) });
      return window.to === null ? t("window.ever") : t("window.until", { day: day(window.to) });
  }
}

function queryText({ event, where }: EventQuery, words: Words): string {
  const name = words.label("event", event);
  if (where.length === 0) return name;
  const filters = where.map((filter) => filterText(filter, event, words)).join(words.t("semicolon"));
  return `${name} (${filters})`;
}

const unitOf = (prop: string, event: string): NumberUnit | "plain" =>
  prop !== "amount" ? "plain" : event.endsWith("_points") ? "points" : "money";

function filterText(filter: Filter, event: string, words: Words): string {
  const field = words.label("prop", filter.prop);
  const test =
    "test" in filter
      ? numberText(filter.test, unitOf(filter.prop, event), words)
      : words.t(filter.op, { values: listText(filter.prop, filter.values, words) });
  return words.t("field", { field, test });
}

function measureText(leaf: Extract<Leaf, { kind: "event" }>, words: Words): string {
  const { measure, event } = leaf;
  const { t } = words;
  switch (measure.of) {
    case "did":
    case "did_not":
      return t(`measure.${measure.of}`);
    case "count":
      return t("measure.count", { test: numberText(measure.test, "plain", words) });
    case "share":
      return t("measure.share", { test: numberText(measure.test, "share", words) });
    case "distinct": {
      const prop = words.label("prop", measure.prop);
      return t("measure.distinct", { prop, test: numberText(measure.test, "plain", words) });
    }
    case "first":
    case "last":
      return t(`measure.${measure.of}`, { test: dayText(measure.test, words) });
    case "sum":
    case "average":
    case "min":
    case "max": {
      const prop = words.label("prop", measure.prop);
      return t(`measure.${measure.of}`, {
        prop,
        test: numberText(measure.test, unitOf(measure.prop, event), words),
      });
    }
  }
}
