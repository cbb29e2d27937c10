/** Decides one member in memory: whether a rule holds, why, and when the answer could change by time alone. */
import { addDays, dayOf, startOfDay } from "../../kernel/time";
import { crossings, isWithin, type Moment, momentOf, reachOf } from "../calendar/model";
import { type Happening } from "../events/model";
import {
  bucketOf,
  type EventLeaf,
  type Group,
  isGroup,
  type Leaf,
  type Node,
  type Rule,
} from "../rule/model";
import { type Facts, fits, happeningsOf } from "./facts/model";
import { bindField } from "./field/model";
import { crossingsOf, measured, passesMeasure } from "./measure/model";
import { passesNumber } from "./number/model";

export type { Facts } from "./facts/model";

/** What a leaf saw: a number, a day or an instant, a word, a list; null where nothing is known. */
export type Seen = string | number | boolean | null | readonly (string | number)[];

/** A leaf tied to one member's facts. `isPartial`: there may be crossings after the last one named. */
export type Bound = {
  readonly holds: (moment: Moment) => boolean;
  readonly seen: (moment: Moment) => Seen;
  readonly crossings: (moment: Moment) => readonly number[];
  readonly isPartial?: boolean;
};

type BoundNode =
  | { readonly leaf: Bound }
  | { readonly kind: Group["kind"]; readonly nodes: readonly BoundNode[] };

function bind(node: Node, facts: Facts, zone: string): BoundNode {
  if (isGroup(node)) return { kind: node.kind, nodes: node.nodes.map((one) => bind(one, facts, zone)) };
  return { leaf: bindLeaf(node, facts, zone) };
}

const NEVER: readonly number[] = [];

function bindLeaf(leaf: Leaf, facts: Facts, zone: string): Bound {
  switch (leaf.kind) {
    case "event":
      return bindEvent(leaf, facts, zone);
    case "sequence":
      return bindSequence(leaf, facts, zone);
    case "segment": {
      const entered = facts.segments.get(leaf.segment);
      const due =
        entered === undefined
          ? undefined
          : startOfDay(addDays(dayOf(new Date(entered), zone), leaf.forDays ?? 0), zone);
      const isIn = ({ at }: Moment) =>
        entered !== undefined && (leaf.forDays === null || at >= (due?.getTime() ?? 0));
      return {
        holds: (moment) => isIn(moment) === (leaf.op === "in"),
        seen: () => entered ?? null,
        crossings: () => (due === undefined || leaf.forDays === null ? NEVER : [due.getTime()]),
      };
    }
    case "expiring": {
      const sum = ({ at, today }: Moment) => {
        const until = startOfDay(addDays(today, leaf.days + 1), zone).getTime();
        return facts.lots.reduce(
          (all, lot) => (lot.expiresAt > at && lot.expiresAt < until ? all + lot.points : all),
          0,
        );
      };
      return {
        holds: (moment) => passesNumber(leaf.test, sum(moment)),
        seen: sum,
        crossings: () =>
          facts.lots.flatMap(({ expiresAt }) => [
            startOfDay(addDays(dayOf(new Date(expiresAt), zone), -leaf.days), zone).getTime(),
            expiresAt,
          ]),
      };
    }
    case "random": {
      const bucket = bucketOf(facts.memberId, leaf.salt);
      const isIn = bucket < Math.round(leaf.percent * 100);
      return { holds: () => isIn, seen: () => bucket / 100, crossings: () => NEVER };
    }
    case "list": {
      const isIn = leaf.ids.includes(facts.memberId);
      return { holds: () => isIn, seen: () => isIn, crossings: () => NEVER };
    }
    case "text":
    case "number":
    case "day":
    case "choice":
    case "set":
    case "flag":
      return bindField(leaf, facts, zone);
  }
}

function bindEvent(leaf: EventLeaf, facts: Facts, zone: string): Bound {
  const all = happeningsOf(facts, leaf.event);
  const fitting = all.filter((one) => fits(one, leaf.where, zone));
  const within = (list: readonly Happening[], moment: Moment) => {
    const reach = reachOf(leaf.window, moment);
    return list.filter(({ at }) => isWithin(at, reach));
  };
  const total = (moment: Moment) => (leaf.measure.of === "share" ? within(all, moment).length : 0);
  return {
    holds: (moment) => passesMeasure(leaf.measure, within(fitting, moment), total(moment), moment),
    seen: (moment) => measured(leaf.measure, within(fitting, moment), total(moment), zone),
    crossings: (moment) =>
      crossingsOf(leaf.measure, leaf.window, leaf.measure.of === "share" ? all : fitting, moment),
    isPartial: "test" in leaf.measure && leaf.measure.test.op === "anniversary",
  };
}

function bindSequence(leaf: Extract<Leaf, { kind: "sequence" }>, facts: Facts, zone: string): Bound {
  const nexts = happeningsOf(facts, leaf.next.event).filter((one) => fits(one, leaf.next.where, zone));
  const firsts = happeningsOf(facts, leaf.first.event)
    .filter((one) => fits(one, leaf.first.where, zone))
    .map(({ at }) => {
      const over = startOfDay(addDays(dayOf(new Date(at), zone), leaf.days + 1), zone).getTime();
      return { at, over, isFollowed: nexts.some((next) => next.at > at && next.at < over) };
    });
  const counts = (moment: Moment) => {
    const reach = reachOf(leaf.window, moment);
    return firsts.filter(
      ({ at, over, isFollowed }) =>
        isWithin(at, reach) && (leaf.op === "then" ? isFollowed : !isFollowed && moment.at >= over),
    ).length;
  };
  return {
    holds: (moment) => counts(moment) > 0,
    seen: counts,
    crossings: () =>
      firsts.flatMap(({ at, over, isFollowed }) => [
        ...crossings(leaf.window, at, zone),
        ...(leaf.op === "then" || isFollowed ? [] : [over]),
      ]),
  };
}

/** An empty group asks nothing, so it holds. */
function holds(node: BoundNode, moment: Moment): boolean {
  if ("leaf" in node) return node.leaf.holds(moment);
  if (node.nodes.length === 0) return true;
  switch (node.kind) {
    case "all":
      return node.nodes.every((one) => holds(one, moment));
    case "any":
      return node.nodes.some((one) => holds(one, moment));
    case "none":
      return !node.nodes.some((one) => holds(one, moment));
  }
}

const leavesOf = (node: BoundNode): Bound[] => ("leaf" in node ? [node.leaf] : node.nodes.flatMap(leavesOf));

/** So many crossings are looked at for one answer; then the member is simply looked at again. */
const CROSSINGS_MAX = 24;

export type Decision = { readonly isIn: boolean; readonly checkAt: number | null };

/**
 * Whether a rule holds for a member at an instant, and the next instant at which time alone could change that.
 *
 * Time: `checkAt` is exact, or earlier than the change; null when no passing of time changes the answer.
 */
export function decide(rule: Rule, facts: Facts, now: number, zone: string): Decision {
  const root = bind(rule.root, facts, zone);
  const moment = momentOf(now, zone);
  const isIn = holds(root, moment);
  const leaves = leavesOf(root);
  const ahead = [
    ...new Set(leaves.flatMap((leaf) => leaf.crossings(moment)).filter((at) => at > now)),
  ].toSorted((a, b) => a - b);
  for (const [index, at] of ahead.entries()) {
    if (index === CROSSINGS_MAX) return { isIn, checkAt: at };
    if (holds(root, momentOf(at, zone)) !== isIn) return { isIn, checkAt: at };
  }
  const again = leaves.some((leaf) => leaf.isPartial) ? ahead.at(-1) : undefined;
  return { isIn, checkAt: again ?? null };
}

/** What one node says of a member; `path` as in refusals. */
export type Verdict = {
  readonly path: string;
  readonly holds: boolean;
  readonly seen: Seen;
};

/** Why a member is in or not: a verdict for every node, parents first. */
export function explain(rule: Rule, facts: Facts, now: number, zone: string): Verdict[] {
  const moment = momentOf(now, zone);
  const walk = (node: BoundNode, path: string): Verdict[] => {
    if ("leaf" in node) return [{ path, holds: node.leaf.holds(moment), seen: node.leaf.seen(moment) }];
    const own = { path, holds: holds(node, moment), seen: null };
    return [own, ...node.nodes.flatMap((one, index) => walk(one, `${path}.nodes.${index}`))];
  };
  return walk(bind(rule.root, facts, zone), "root");
}
