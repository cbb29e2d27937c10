/** What a rule from outside is refused for, and where in the tree. */
import { expect, test } from "vitest";
import { bucketOf } from "./model";
import { ruleSchema } from "./schema";

const rule = (...nodes: unknown[]) => ({ version: 1, root: { kind: "all", nodes } });
const problems = (input: unknown) =>
  (ruleSchema.safeParse(input).error?.issues ?? []).map(
    (issue) => `${issue.path.join(".")} ${issue.code === "custom" ? issue.message : issue.code}`,
  );
const bought = {
  kind: "event",
  event: "purchase",
  where: [],
  window: { in: "ever" },
  measure: { of: "did" },
};

function deep(levels: number): unknown {
  return levels === 0 ? bought : { kind: "all", nodes: [deep(levels - 1)] };
}

test("takes a rule as it is", () => {
  expect(
    problems(rule(bought, { kind: "number", field: "visits", test: { op: "at_least", value: 3 } })),
  ).toEqual([]);
});

test.each([
  [
    "an unknown field",
    rule({ kind: "number", field: "shoe", test: { op: "at_least", value: 1 } }),
    "root.nodes.0.field unknown_field",
  ],
  [
    "a field of another kind",
    rule({ kind: "text", field: "visits", test: { op: "known" } }),
    "root.nodes.0.field unknown_field",
  ],
  ["an unknown event", rule({ ...bought, event: "sneeze" }), "root.nodes.0.event unknown_event"],
  [
    "a wrong type",
    rule({ kind: "number", field: "visits", test: { op: "at_least", value: "3" } }),
    "root.nodes.0.test.value invalid_type",
  ],
  [
    "a window of zero",
    rule(bought, { ...bought, window: { in: "last", n: 0, unit: "day" } }),
    "root.nodes.1.window.n too_small",
  ],
  [
    "a window of a thousand years",
    rule({ ...bought, window: { in: "last", n: 1_000, unit: "year" } }),
    "root.nodes.0.window.n too_big",
  ],
  [
    "a window that ends before it begins",
    rule({ ...bought, window: { in: "ago", from: 5, to: 5, unit: "day" } }),
    "root.nodes.0.window.to before_from",
  ],
  [
    "dates in the wrong order",
    rule({ ...bought, window: { in: "dates", from: "2026-02-01", to: "2026-01-01" } }),
    "root.nodes.0.window.to before_from",
  ],
  [
    "a day that is none",
    rule({ kind: "day", field: "joined", test: { op: "on_or_after", day: "2026-02-30" } }),
    "root.nodes.0.test.day invalid_format",
  ],
  [
    "a property the event has not",
    rule({ ...bought, event: "refund", where: [{ prop: "item", op: "in", values: [1] }] }),
    "root.nodes.0.where.0.prop unknown_property",
  ],
  [
    "words where numbers belong",
    rule({ ...bought, where: [{ prop: "staff", op: "in", values: ["Ann"] }] }),
    "root.nodes.0.where.0.values.0 invalid_type",
  ],
  [
    "the quantity of a bill",
    rule({ ...bought, measure: { of: "sum", prop: "quantity", test: { op: "at_least", value: 1 } } }),
    "root.nodes.0.measure.prop unknown_property",
  ],
  ["something more", rule({ ...bought, sql: "drop" }), "root.nodes.0 unrecognized_keys"],
  [
    "a tag by name",
    rule({ kind: "set", field: "tags", test: { op: "any", values: ["vip"] } }),
    "root.nodes.0.test.values.0 invalid_type",
  ],
  ["a tree too deep", { version: 1, root: deep(8) }, `root${".nodes.0".repeat(8)} too_deep`],
  ["too many nodes", rule(...Array.from({ length: 200 }, () => bought)), "root.nodes.199 too_many_nodes"],
  [
    "too many ids",
    rule(
      { kind: "list", ids: Array.from({ length: 6_000 }, (_, i) => i + 1) },
      { kind: "list", ids: Array.from({ length: 4_001 }, (_, i) => i + 1) },
    ),
    "root.nodes.1.ids too_many_ids",
  ],
  ["a later version", { ...rule(bought), version: 2 }, "version invalid_value"],
  ["no tree at all", null, " invalid_type"],
])("refuses %s, saying where", (_, input, problem) => {
  expect(problems(input)).toContain(problem);
});

test("a tree of a hundred thousand levels costs nothing", () => {
  let root: unknown = bought;
  for (let level = 0; level < 100_000; level += 1) root = { kind: "all", nodes: [root] };
  expect(problems({ version: 1, root })[0]).toMatch(/too_deep$/);
});

test("buckets spread evenly over neighbouring ids, and differ by salt", () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => 3_119_933_030_403_088 + i * 4_096);
  const share = (salt: number) => ids.filter((id) => bucketOf(id, salt) < 1_000).length / ids.length;
  for (const salt of [0, 1, 77, 999_999]) expect(share(salt)).toBeCloseTo(0.1, 1);
  const both = ids.filter((id) => bucketOf(id, 1) < 5_000 && bucketOf(id, 2) < 5_000).length / ids.length;
  expect(both).toBeCloseTo(0.25, 1);
});
