/** A rule's tree as it is edited: nothing is changed in place, a node is named by its indexes from the root. */
import { type Group, isGroup, type Node } from "@/lib/segments/model";

export type Path = readonly number[];
export type Move = "up" | "down" | "into" | "out" | "wrap";

export const pathText = (path: Path) => ["root", ...path.flatMap((index) => ["nodes", index])].join(".");

/** The node at a path, or nothing. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  const [index, ...rest] = path;
  if (index === undefined) return root;
  const inner = isGroup(root) ? root.nodes[index] : undefined;
  return inner && nodeAt(inner, rest);
}

function changed(root: Group, path: Path, change: (group: Group) => Group): Group {
  const [index, ...rest] = path;
  if (index === undefined) return change(root);
  const nodes = root.nodes.map((node, at) =>
    at === index && isGroup(node) ? changed(node, rest, change) : node,
  );
  return { ...root, nodes };
}

const own = (path: Path) => path.at(-1) ?? 0;
const parent = (path: Path) => path.slice(0, -1);

export function replaceAt(root: Group, path: Path, node: Node): Group {
  if (path.length === 0) return isGroup(node) ? node : root;
  return changed(root, parent(path), (group) => ({ ...group, nodes: group.nodes.with(own(path), node) }));
}

export function removeAt(root: Group, path: Path): Group {
  return changed(root, parent(path), (group) => ({ ...group, nodes: group.nodes.toSpliced(own(path), 1) }));
}

export function insertAt(root: Group, group: Path, index: number, node: Node): Group {
  return changed(root, group, (one) => ({ ...one, nodes: one.nodes.toSpliced(index, 0, node) }));
}

const begins = (path: Path, with_: Path) => with_.every((index, at) => path[at] === index);

/** Takes a node to a place in a group; into itself it does not go. */
export function moveTo(root: Group, from: Path, group: Path, index: number): Group {
  const node = nodeAt(root, from);
  if (!node || from.length === 0 || begins(group, from)) return root;
  const without = removeAt(root, from);
  const level = from.length - 1;
  const isBefore = begins(group, parent(from)) && group.length > level && own(from) < (group[level] ?? 0);
  const target = isBefore ? group.map((one, at) => (at === level ? one - 1 : one)) : group;
  const isSame = group.length === level && begins(group, parent(from));
  return insertAt(without, target, isSame && own(from) < index ? index - 1 : index, node);
}

/** Moves a node by one step, as the keyboard does. Answers the tree, or the same when there is no such step. */
export function step(root: Group, path: Path, move: Move): Group {
  const at = own(path);
  const siblings = nodeAt(root, parent(path));
  const node = nodeAt(root, path);
  if (!node || !siblings || !isGroup(siblings) || path.length === 0) return root;
  const before = siblings.nodes[at - 1];
  switch (move) {
    case "up":
      return at > 0 ? moveTo(root, path, parent(path), at - 1) : root;
    case "down":
      return at < siblings.nodes.length - 1 ? moveTo(root, path, parent(path), at + 2) : root;
    case "into":
      return before && isGroup(before)
        ? moveTo(root, path, [...parent(path), at - 1], before.nodes.length)
        : root;
    case "out":
      return path.length > 1 ? moveTo(root, path, path.slice(0, -2), own(parent(path)) + 1) : root;
    case "wrap":
      return replaceAt(root, path, { kind: "all", nodes: [node] });
  }
}

/** The steps a node can take. */
export function stepsOf(root: Group, path: Path): Move[] {
  const moves: Move[] = ["up", "down", "into", "out", "wrap"];
  return path.length === 0 ? [] : moves.filter((move) => step(root, path, move) !== root);
}
