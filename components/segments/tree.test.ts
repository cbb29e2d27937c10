import { expect, test } from "vitest";
import type { Group, Node } from "@/lib/segments/model";
import { moveTo, nodeAt, removeAt, replaceAt, step, stepsOf } from "./tree";

const leaf = (id: number): Node => ({ kind: "list", ids: [id] });
const group = (...nodes: Node[]): Group => ({ kind: "all", nodes });
const root = group(leaf(1), group(leaf(2), leaf(3)), leaf(4));

test("moves up and down among its own", () => {
  expect(step(root, [2], "up")).toEqual(group(leaf(1), leaf(4), group(leaf(2), leaf(3))));
  expect(step(root, [0], "down")).toEqual(group(group(leaf(2), leaf(3)), leaf(1), leaf(4)));
  expect(step(root, [0], "up")).toBe(root);
  expect(step(root, [2], "down")).toBe(root);
});

test("moves into the group above, out of its own, and into a new one", () => {
  expect(step(root, [2], "into")).toEqual(group(leaf(1), group(leaf(2), leaf(3), leaf(4))));
  expect(step(root, [1, 0], "out")).toEqual(group(leaf(1), group(leaf(3)), leaf(2), leaf(4)));
  expect(step(root, [0], "wrap")).toEqual(group(group(leaf(1)), group(leaf(2), leaf(3)), leaf(4)));
  expect(step(root, [0], "into")).toBe(root);
});

test("is taken anywhere by drag, but not into itself", () => {
  expect(moveTo(root, [0], [1], 1)).toEqual(group(group(leaf(2), leaf(1), leaf(3)), leaf(4)));
  expect(moveTo(root, [1, 1], [], 0)).toEqual(group(leaf(3), leaf(1), group(leaf(2)), leaf(4)));
  expect(moveTo(root, [1], [1], 0)).toBe(root);
});

test("says which steps there are, and changes nothing in place", () => {
  expect(stepsOf(root, [1, 1])).toEqual(["up", "out", "wrap"]);
  expect(stepsOf(root, [])).toEqual([]);
  expect(removeAt(root, [1, 0])).toEqual(group(leaf(1), group(leaf(3)), leaf(4)));
  expect(replaceAt(root, [1, 0], leaf(9))).toEqual(group(leaf(1), group(leaf(9), leaf(3)), leaf(4)));
  expect(nodeAt(root, [1, 0])).toEqual(leaf(2));
});
