import { z } from "zod";
import { eventOf } from "../events/model";
import { type FieldKind, fieldOf } from "../fields/model";
import { CHOICE_PROPS, DISTINCT_PROPS, type Group, LIMITS, type Node, RULE_VERSION, UNITS } from "./model";

/** The largest amount or count a rule may name: JSON's whole numbers, with room for sums. */
const NUMBER_MAX = 1_000_000_000_000;

const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const day = z.iso.date();
const n = z.int().min(1).max(LIMITS.n);
const days = z.int().min(0).max(LIMITS.days);
const text = z.string().trim().min(1).max(LIMITS.text);
const number = z.number().min(-NUMBER_MAX).max(NUMBER_MAX);
const unit = z.enum(UNITS);
const dayUnit = z.enum(["day", "week", "month", "year"]);
/** Windows reach back a century at most: further, dates are no dates any more. */
const SPAN_MAX = { minute: 52_560_000, hour: 876_000, day: 36_500, week: 5_200, month: 1_200, year: 100 };
const fitting = (span: { n: number; unit: keyof typeof SPAN_MAX }) => span.n <= SPAN_MAX[span.unit];
const TOO_LONG = { path: ["n"], message: "too_big" };

const known = [
  z.strictObject({ op: z.literal("known") }),
  z.strictObject({ op: z.literal("unknown") }),
] as const;
const numberTests = [
  z.strictObject({ op: z.enum(["at_least", "at_most", "exactly"]), value: number }),
  z.strictObject({ op: z.literal("between"), from: number, to: number }),
] as const;
const backwards = (test: { op: string; from?: unknown; to?: unknown }) =>
  test.op !== "between" || (test.from as number | string) <= (test.to as number | string);
const BACKWARDS = { path: ["to"], message: "before_from" };

const numberTest = z.discriminatedUnion("op", numberTests).refine(backwards, BACKWARDS);
const dayTest = z
  .discriminatedUnion("op", [
    z.strictObject({ op: z.enum(["on_or_after", "on_or_before"]), day }),
    z.strictObject({ op: z.literal("between"), from: day, to: day }),
    z.strictObject({ op: z.enum(["last", "before"]), n, unit: dayUnit }).refine(fitting, TOO_LONG),
    z.strictObject({ op: z.literal("next"), days }),
    z.strictObject({ op: z.literal("anniversary"), days: z.int().min(0).max(364) }),
    ...known,
  ])
  .refine(backwards, BACKWARDS);
const textTest = z.discriminatedUnion("op", [
  z.strictObject({ op: z.enum(["is", "contains", "starts"]), value: text }),
  ...known,
]);
const words = z.array(text).min(1).max(LIMITS.values);
const choiceTest = z.discriminatedUnion("op", [
  z.strictObject({ op: z.enum(["in", "not_in"]), values: words }),
  ...known,
]);
const setTest = z.strictObject({
  op: z.enum(["any", "all", "none"]),
  values: z
    .array(z.union([id, text]))
    .min(1)
    .max(LIMITS.values),
});

const window = z.discriminatedUnion("in", [
  z.strictObject({ in: z.literal("ever") }),
  z.strictObject({ in: z.enum(["last", "before"]), n, unit }).refine(fitting, TOO_LONG),
  z
    .strictObject({ in: z.literal("ago"), from: n, to: n, unit })
    .refine(({ from, to }) => to > from, { path: ["to"], message: "before_from" })
    .refine((span) => fitting({ n: span.to, unit: span.unit }), { path: ["to"], message: "too_big" }),
  z
    .strictObject({ in: z.literal("dates"), from: day.nullable(), to: day.nullable() })
    .refine(({ from, to }) => from === null || to === null || from <= to, BACKWARDS),
]);

const filter = z.union([
  z.strictObject({
    prop: z.enum(CHOICE_PROPS),
    op: z.enum(["in", "not_in"]),
    values: z
      .array(z.union([z.int().min(0).max(Number.MAX_SAFE_INTEGER), text]))
      .min(1)
      .max(LIMITS.values),
  }),
  z.strictObject({ prop: z.enum(["amount", "quantity"]), test: numberTest }),
]);
const measure = z.discriminatedUnion("of", [
  z.strictObject({ of: z.enum(["did", "did_not"]) }),
  z.strictObject({ of: z.enum(["count", "share"]), test: numberTest }),
  z.strictObject({
    of: z.enum(["sum", "average", "min", "max"]),
    prop: z.enum(["amount", "quantity"]),
    test: numberTest,
  }),
  z.strictObject({ of: z.literal("distinct"), prop: z.enum(DISTINCT_PROPS), test: numberTest }),
  z.strictObject({ of: z.enum(["first", "last"]), test: dayTest }),
]);
const query = {
  event: z.string().refine((name) => eventOf(name) !== undefined, "unknown_event"),
  where: z.array(filter).max(LIMITS.filters),
};
const queryObject = z.strictObject(query).superRefine(checkProps);

/** Properties the event does not have; numbers where words belong. */
function checkProps(
  asked: { event: string; where: readonly z.output<typeof filter>[]; measure?: z.output<typeof measure> },
  check: z.RefinementCtx,
): void {
  const event = eventOf(asked.event);
  if (!event) return;
  const refuse = (path: (string | number)[], message: string) =>
    check.addIssue({ code: "custom", path, message });
  asked.where.forEach((one, index) => {
    if ("test" in one) {
      if (one.prop === "quantity" && event.quantity === null)
        refuse(["where", index, "prop"], "unknown_property");
      return;
    }
    if (!event.props.includes(one.prop)) refuse(["where", index, "prop"], "unknown_property");
    const wantsText = one.prop === "category" || one.prop === "source";
    one.values.forEach((value, at) => {
      if (typeof value === (wantsText ? "number" : "string"))
        refuse(["where", index, "values", at], "invalid_type");
    });
  });
  const prop = asked.measure && "prop" in asked.measure ? asked.measure.prop : undefined;
  if (prop === undefined || prop === "amount" || prop === "day") return;
  const has =
    prop === "quantity"
      ? event.quantity !== null
      : event.quantity !== null || (prop !== "item" && prop !== "category");
  if (!has) refuse(["measure", "prop"], "unknown_property");
}

/** A fixed list holds words, the business's own things go by number. */
function checkValues(leaf: { field: string; test: z.output<typeof setTest> }, check: z.RefinementCtx): void {
  const wanted = fieldOf(leaf.field)?.choices ? "string" : "number";
  leaf.test.values.forEach((value, at) => {
    if (typeof value !== wanted)
      check.addIssue({ code: "custom", path: ["test", "values", at], message: "invalid_type" });
  });
}

const field = (kind: FieldKind) => z.string().refine((name) => fieldOf(name)?.kind === kind, "unknown_field");

const leaves = [
  z.strictObject({ kind: z.literal("text"), field: field("text"), test: textTest }),
  z.strictObject({
    kind: z.literal("number"),
    field: field("number"),
    test: z.discriminatedUnion("op", [...numberTests, ...known]).refine(backwards, BACKWARDS),
  }),
  z.strictObject({ kind: z.literal("day"), field: field("day"), test: dayTest }),
  z.strictObject({ kind: z.literal("choice"), field: field("choice"), test: choiceTest }),
  z.strictObject({ kind: z.literal("set"), field: field("set"), test: setTest }).superRefine(checkValues),
  z.strictObject({
    kind: z.literal("flag"),
    field: field("flag"),
    test: z.strictObject({ is: z.boolean() }),
  }),
  z.strictObject({ kind: z.literal("event"), ...query, window, measure }).superRefine(checkProps),
  z.strictObject({
    kind: z.literal("sequence"),
    first: queryObject,
    op: z.enum(["then", "then_not"]),
    next: queryObject,
    days: z.int().min(1).max(LIMITS.days),
    window,
  }),
  z.strictObject({
    kind: z.literal("segment"),
    op: z.enum(["in", "not_in"]),
    segment: id,
    forDays: z.int().min(1).max(LIMITS.days).nullable(),
  }),
  z.strictObject({ kind: z.literal("expiring"), days, test: numberTest }),
  z.strictObject({
    kind: z.literal("random"),
    percent: z.number().min(0.01).max(100).multipleOf(0.01),
    salt: z.int().min(0).max(1_000_000),
  }),
  z.strictObject({ kind: z.literal("list"), ids: z.array(id).min(1).max(LIMITS.ids) }),
] as const;

const node: z.ZodType<Node> = z.lazy(() => z.discriminatedUnion("kind", [group, ...leaves]));
const group: z.ZodType<Group> & z.core.$ZodTypeDiscriminable = z.strictObject({
  kind: z.enum(["all", "any", "none"]),
  get nodes() {
    return z.array(node).max(LIMITS.nodes);
  },
});

/** Size is measured before anything else looks at the tree, so that a deep one costs nothing. */
function checkSize(rule: unknown, check: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) =>
    check.addIssue({ code: "custom", path, message, continue: false } as const);
  let nodes = 0;
  let ids = 0;
  const open: { at: unknown; path: (string | number)[]; depth: number }[] = [
    { at: (rule as { root?: unknown } | null)?.root, path: ["root"], depth: 1 },
  ];
  for (let one = open.shift(); one; one = open.shift()) {
    if (typeof one.at !== "object" || one.at === null) continue;
    const inner = one.at as { nodes?: unknown; ids?: unknown };
    nodes += 1;
    if (one.depth > LIMITS.depth) return refuse(one.path, "too_deep");
    if (nodes > LIMITS.nodes) return refuse(one.path, "too_many_nodes");
    if (Array.isArray(inner.ids)) ids += inner.ids.length;
    if (ids > LIMITS.ids) return refuse([...one.path, "ids"], "too_many_ids");
    if (!Array.isArray(inner.nodes)) continue;
    inner.nodes.forEach((child: unknown, index) => {
      open.push({ at: child, path: [...one.path, "nodes", index], depth: one.depth + 1 });
    });
  }
}

/** A segment's rule from outside. Refuses: with codes at the path in the tree (`root.nodes.2.window.n`). */
export const ruleSchema = z
  .unknown()
  .superRefine(checkSize)
  .pipe(z.strictObject({ version: z.literal(RULE_VERSION), root: group }));
