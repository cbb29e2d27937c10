/** Changes to a tree of steps: each answers a new tree and leaves the old one as it was. */

import type { Branch, Step, StepKind } from "../schema";
import { allSteps, branchesOf } from "../walk/model";

/** A gap between steps: in the outer list (`parent` null) or a branch of a step, before the step now at `index`. */
export type Gap = { readonly parent: string | null; readonly branch: string; readonly index: number };

function withBranches(step: Step, change: (name: string, inner: readonly Step[]) => Step[]): Step {
  if (step.kind === "condition") return { ...step, yes: change("yes", step.yes), no: change("no", step.no) };
  if (step.kind === "await")
    return {
      ...step,
      happened: change("happened", step.happened),
      timedOut: change("timedOut", step.timedOut),
    };
  if (step.kind !== "split" && step.kind !== "experiment") return step;
  return {
    ...step,
    branches: step.branches.map((one): Branch => ({ ...one, steps: change(one.id, one.steps) })),
  };
}

/** Applies a change to every list, the outer one first. */
function everyList(
  steps: readonly Step[],
  change: (list: readonly Step[], parent: string | null, branch: string) => Step[],
  parent: string | null = null,
  branch = "",
): Step[] {
  return change(steps, parent, branch).map((step) =>
    withBranches(step, (name, inner) => everyList(inner, change, step.id, name)),
  );
}

export const replaceStep = (steps: readonly Step[], step: Step): Step[] =>
  everyList(steps, (list) => list.map((one) => (one.id === step.id ? step : one)));

export const removeStep = (steps: readonly Step[], id: string): Step[] =>
  everyList(steps, (list) => list.filter((one) => one.id !== id));

export const insertStep = (steps: readonly Step[], gap: Gap, step: Step): Step[] =>
  everyList(steps, (list, parent, branch) =>
    parent === gap.parent && branch === gap.branch ? list.toSpliced(gap.index, 0, step) : [...list],
  );

/** Where a step stands. */
export function placeOf(steps: readonly Step[], id: string): (Gap & { readonly count: number }) | undefined {
  let found: (Gap & { count: number }) | undefined;
  everyList(steps, (list, parent, branch) => {
    const index = list.findIndex((one) => one.id === id);
    if (index >= 0) found = { parent, branch, index, count: list.length };
    return [...list];
  });
  return found;
}

/** One place up or down in its own list. */
export function nudgeStep(steps: readonly Step[], id: string, by: -1 | 1): Step[] {
  return everyList(steps, (list) => {
    const from = list.findIndex((one) => one.id === id);
    const to = from + by;
    const step = list[from];
    if (!step || to < 0 || to >= list.length) return [...list];
    return list.toSpliced(from, 1).toSpliced(to, 0, step);
  });
}

/** Into another gap; a step is not moved into itself. */
export function moveStep(steps: readonly Step[], id: string, gap: Gap): Step[] {
  const step = allSteps(steps).find((one) => one.id === id);
  const from = placeOf(steps, id);
  if (!step || !from) return [...steps];
  const inside = new Set(allSteps([step]).map((one) => one.id));
  if (gap.parent !== null && inside.has(gap.parent)) return [...steps];
  const isSameList = from.parent === gap.parent && from.branch === gap.branch;
  const index = isSameList && from.index < gap.index ? gap.index - 1 : gap.index;
  return insertStep(removeStep(steps, id), { ...gap, index }, step);
}

/** An id no step has. */
export function freeId(steps: readonly Step[]): string {
  const taken = new Set(
    allSteps(steps).flatMap((step) => [step.id, ...branchesOf(step).map(([name]) => name)]),
  );
  let number = taken.size + 1;
  while (taken.has(`s${number}`)) number += 1;
  return `s${number}`;
}

const days = (amount: number) => ({ amount, unit: "days" as const });

/** A new step of a kind, as useful as it can be before anybody touched it. `labels`: words for the branches. */
export function newStep(
  kind: StepKind,
  id: string,
  first: { tag?: string | undefined; promo?: string | undefined; reward?: string | undefined } = {},
): Step {
  const branches = ["a", "b"].map(
    (name): Branch => ({ id: `${id}${name}`, label: name.toUpperCase(), weight: 1, steps: [] }),
  );
  const bought = { type: "purchase.recorded", where: [] };
  switch (kind) {
    case "wait":
      return { kind, id, until: { kind: "duration", duration: days(1) } };
    case "await":
      return { kind, id, match: bought, timeout: days(7), happened: [], timedOut: [] };
    case "condition":
      return {
        kind,
        id,
        when: { kind: "all", of: [{ kind: "number", fact: "visits", op: "at_least", value: 1 }] },
        yes: [],
        no: [],
      };
    case "split":
      return { kind, id, branches };
    case "experiment":
      return { kind, id, branches, metric: "opened", leastPerArm: 200, trial: null };
    case "holdout":
      return { kind, id, bps: 1_000 };
    case "message":
      return {
        kind,
        id,
        purpose: "marketing",
        about: "offer",
        channels: ["push", "email", "inbox"],
        templateId: null,
        content: { locales: {} },
      };
    case "points":
      return { kind, id, points: 10_000, days: 14 };
    case "promo":
      return { kind, id, promoId: first.promo ?? "1", days: 14 };
    case "reward":
      return { kind, id, rewardId: first.reward ?? "1", days: 14 };
    case "tag":
      return { kind, id, tagId: first.tag ?? "1", add: true };
    case "webhook":
      return { kind, id, url: "https://example.com/kolo" };
    case "task":
      return { kind, id, title: "☎" };
    case "exit":
      return { kind, id };
  }
}
