/**
 * A journey as the engine walks it: `compile` makes a programme of the steps, `advance` moves one member by one push.
 *
 * Always true: a programme has no way back, so a run visits a step at most once and ends; whatever `advance` asks for is named by
 * (run, step) and may be carried out once.
 */
import { after, dueAt } from "../calendar/model";
import { type Facts, type Happening, holds, matches } from "../facts/model";
import type { Branch, BranchStep, Definition, EventMatch, PlainStep, Step } from "../schema";

type Node = {
  readonly step: Step;
  readonly next: string | null;
  readonly into: Readonly<Record<string, string | null>>;
};
export type Program = {
  readonly definition: Definition;
  readonly first: string | null;
  readonly nodes: ReadonlyMap<string, Node>;
};

/** The branches of a step by name, in the order they are shown. */
export function branchesOf(step: Step): readonly (readonly [string, readonly Step[]])[] {
  if (step.kind === "condition") {
    return [
      ["yes", step.yes],
      ["no", step.no],
    ];
  }
  if (step.kind === "await") {
    return [
      ["happened", step.happened],
      ["timedOut", step.timedOut],
    ];
  }
  const hasBranches = step.kind === "split" || step.kind === "experiment";
  return hasBranches ? step.branches.map((branch) => [branch.id, branch.steps]) : [];
}

/** Every step, each before those inside and below it. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...branchesOf(step).flatMap(([, inner]) => allSteps(inner))]);
}

/** The steps with where each leads. Ids must differ; `problemsOf` refuses a journey where they do not. */
export function compile(definition: Definition): Program {
  const nodes = new Map<string, Node>();
  const lay = (steps: readonly Step[], below: string | null): string | null => {
    steps.forEach((step, index) => {
      const next = steps[index + 1]?.id ?? below;
      const into = Object.fromEntries(branchesOf(step).map(([name, inner]) => [name, lay(inner, next)]));
      nodes.set(step.id, { step, next: step.kind === "exit" ? null : next, into });
    });
    return steps[0]?.id ?? below;
  };
  return { definition, first: lay(definition.steps, null), nodes };
}

export const RUN_STATES = ["active", "done", "goal", "exited", "held", "control", "failed"] as const;
/** `held`: kept back by a holdout step; `control`: never began; `failed`: stopped with a reason. */
export type RunState = (typeof RUN_STATES)[number];

/** Where a member is: at `step` until `dueAt` or an event of the type `waiting`. */
export type Position = {
  readonly state: RunState;
  readonly step: string | null;
  readonly dueAt: Date | null;
  readonly waiting: string | null;
  readonly reason: string | null;
};

/** One line of "where and why": a step passed, and what was decided there. */
export type Passed = { readonly step: string; readonly code: string; readonly value?: string };

/** Something to do for the member, once per run and step. */
export type Effect = Extract<
  PlainStep,
  { kind: "message" | "points" | "promo" | "reward" | "tag" | "webhook" | "task" }
>;

export type World = {
  readonly journeyId: bigint;
  readonly memberId: bigint;
  readonly now: Date;
  readonly zone: string;
  readonly facts: Facts;
  /** Experiments that are decided: step to branch. */
  readonly winners: Readonly<Record<string, string>>;
};

export type Push =
  | { readonly kind: "start" }
  | { readonly kind: "due" }
  | { readonly kind: "event"; readonly event: Happening };
export type Advanced = {
  readonly position: Position;
  readonly effects: readonly Effect[];
  readonly passed: readonly Passed[];
};

export const START: Position = { state: "active", step: null, dueAt: null, waiting: null, reason: null };

/**
 * Moves a member on, until the next wait or the end.
 *
 * Shape: `start` from the first step; `due` passes the wait under way when its time has come; an event ends a wait for it, or the
 * whole run when it is the goal, and is ignored otherwise. Pure: the same arguments give the same answer.
 */
export function advance(program: Program, position: Position, push: Push, world: World): Advanced {
  const stays: Advanced = { position, effects: [], passed: [] };
  if (position.state !== "active") return stays;
  if (push.kind === "start") return walk(program, program.first, world, []);
  if (push.kind === "event" && isGoal(program, push.event)) return reached(stays, push.event);
  const node = position.step === null ? undefined : program.nodes.get(position.step);
  if (!node) return ended("failed", "step_gone", stays);
  if (push.kind === "due") {
    if (position.dueAt === null || position.dueAt > world.now) return stays;
    return over(program, node, world);
  }
  if (node.step.kind !== "await" || !matches(node.step.match, push.event)) return stays;
  return walk(program, node.into.happened ?? null, world, [{ step: node.step.id, code: "happened" }]);
}

/** A wait whose time has come. Who waited for an experiment's winner is dealt with now, winner or not. */
function over(program: Program, { step, into, next }: Node, world: World): Advanced {
  if (step.kind === "experiment") {
    const went = turn(step, world);
    return walk(program, into[went.value ?? ""] ?? next, world, [{ step: step.id, ...went }]);
  }
  const [out, code] = step.kind === "await" ? [into.timedOut, "timed_out"] : [next, "waited"];
  return walk(program, out ?? null, world, [{ step: step.id, code }]);
}

const isGoal = (program: Program, event: Happening) =>
  program.definition.goal?.exits === true && matches(program.definition.goal.match, event);

const reached = (from: Advanced, event: Happening): Advanced => ended("goal", event.type, from);

function ended(state: RunState, reason: string | null, from: Omit<Advanced, "position">): Advanced {
  return { ...from, position: { state, step: null, dueAt: null, waiting: null, reason } };
}

/** Follows steps that need no time. The tree has no way back, so this ends. */
function walk(program: Program, from: string | null, world: World, before: readonly Passed[]): Advanced {
  const effects: Effect[] = [];
  const passed: Passed[] = [...before];
  let at = from;
  while (at !== null) {
    const node = program.nodes.get(at);
    if (!node) return ended("failed", "step_gone", { effects, passed });
    const { step } = node;
    const rest = waitAt(step, world);
    if (rest === "never") return ended("exited", "no_birthday", { effects, passed });
    if (rest) return { position: { state: "active", step: step.id, reason: null, ...rest }, effects, passed };
    const went = turn(step, world);
    passed.push({ step: step.id, ...went });
    if (step.kind === "exit") return ended("exited", "exit", { effects, passed });
    if (went.code === "held_out") return ended("held", "held_out", { effects, passed });
    if (isEffect(step)) effects.push(step);
    at = went.value !== undefined && went.value in node.into ? (node.into[went.value] ?? null) : node.next;
  }
  return ended("done", null, { effects, passed });
}

const EFFECTS: readonly string[] = ["message", "points", "promo", "reward", "tag", "webhook", "task"];
export const isEffect = (step: Step): step is Effect => EFFECTS.includes(step.kind);

/** How long a step holds the member: not at all, until a time or an event, or for ever. */
function waitAt(step: Step, world: World): { dueAt: Date; waiting: string | null } | "never" | undefined {
  const { now, zone } = world;
  if (step.kind === "await") return { dueAt: after(now, step.timeout, zone), waiting: step.match.type };
  if (step.kind === "experiment") {
    if (!step.trial || step.id in world.winners) return undefined;
    const isTrying = shareOf(world, `${step.id} trial`) < step.trial.bps;
    return isTrying ? undefined : { dueAt: after(now, step.trial.duration, zone), waiting: null };
  }
  if (step.kind !== "wait") return undefined;
  const due = dueAt(step.until, now, zone, world.facts.birthDate);
  if (due === undefined) return "never";
  return due > now ? { dueAt: due, waiting: null } : undefined;
}

/** What is decided at a step that needs no time; `value` names the branch taken. */
function turn(step: Step, world: World): Omit<Passed, "step"> {
  const { now, zone, facts } = world;
  if (step.kind === "condition") {
    const yes = holds(step.when, facts, now, zone);
    return { code: yes ? "condition_met" : "condition_not_met", value: yes ? "yes" : "no" };
  }
  if (step.kind === "split" || step.kind === "experiment") {
    const winner = step.kind === "experiment" ? world.winners[step.id] : undefined;
    const isKnown = step.branches.some((branch) => branch.id === winner);
    if (winner !== undefined && isKnown) return { code: "winner", value: winner };
    return { code: "drawn", value: drawn(step.branches, shareOf(world, step.id)) };
  }
  if (step.kind === "holdout")
    return { code: shareOf(world, step.id) < step.bps ? "held_out" : "let_through" };
  return { code: step.kind === "wait" ? "no_wait" : step.kind };
}

/** The branch a share of 10,000 falls on, by weight. */
function drawn(branches: readonly Branch[], place: number): string {
  const whole = branches.reduce((sum, branch) => sum + branch.weight, 0);
  let left = (place * whole) / 10_000;
  for (const branch of branches) {
    left -= branch.weight;
    if (left < 0) return branch.id;
  }
  return branches.at(-1)?.id ?? "";
}

const shareOf = (world: World, stepId: string) => share(world.memberId, saltOf(world.journeyId, stepId));

/** A member's fixed place among 10,000 for one salt: chance that does not change its mind. The same as journey_share(). */
export function share(memberId: bigint, salt: number): number {
  const low = Number(memberId & 0xffff_ffffn);
  const high = Number((memberId >> 32n) & 0xffff_ffffn);
  return mixed(mixed(low) ^ mixed(high ^ salt)) % 10_000;
}

function mixed(from: number): number {
  let x = from >>> 0;
  x = Math.imul((x >>> 16) ^ x, 0x045d9f3b) >>> 0;
  x = Math.imul((x >>> 16) ^ x, 0x045d9f3b) >>> 0;
  return ((x >>> 16) ^ x) >>> 0;
}

/** 32 bits of a journey, and of a step in it; without a step it deals the control group. */
export function saltOf(journeyId: bigint, stepId = ""): number {
  let salt = mixed(Number(journeyId & 0xffff_ffffn) ^ mixed(Number(journeyId >> 32n)));
  for (let index = 0; index < stepId.length; index += 1)
    salt = mixed(salt ^ (stepId.charCodeAt(index) + index));
  return salt;
}

/** Whether a member belongs to the control group of a journey: for good, whatever else happens. */
export const isControl = (definition: Definition, journeyId: bigint, memberId: bigint): boolean =>
  share(memberId, saltOf(journeyId)) < definition.controlBps;

/** Which events can move somebody inside: the goal's, and those a step waits for. */
export function awaitedTypes(definition: Definition): string[] {
  const waits = allSteps(definition.steps).filter(
    (step): step is Extract<BranchStep, { kind: "await" }> => step.kind === "await",
  );
  const all: EventMatch[] = waits.map((step) => step.match);
  if (definition.goal?.exits) all.push(definition.goal.match);
  return [...new Set(all.map((match) => match.type))];
}

export type LastRun = { readonly state: RunState; readonly at: Date };
const DAY_MS = 86_400_000;
/** However a journey is set, nobody begins it oftener in a day. */
export const RUNS_PER_DAY_MAX = 10;

/** Whether a member may enter (again): yes, yes and the run under way ends, or why not. */
export function entry(
  definition: Definition,
  last: LastRun | undefined,
  startsToday: number,
  now: Date,
): "enter" | "restart" | "under_way" | "once" | "too_soon" | "too_often" {
  const { mode, days, restart } = definition.reentry;
  if (!last) return "enter";
  if (startsToday >= RUNS_PER_DAY_MAX) return "too_often";
  if (last.state === "active") return restart && mode !== "once" ? "restart" : "under_way";
  if (mode === "once") return "once";
  if (mode === "after" && now.getTime() - last.at.getTime() < days * DAY_MS) return "too_soon";
  return "enter";
}
