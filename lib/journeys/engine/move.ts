import "server-only";
import type { Context } from "../../access";
import { assert } from "../../kernel/refusals";
import type { Tx } from "../../platform/db";
import { programmeIn } from "../../program";
import { moneyToNext } from "../../tiers/model";
import { type Facts, type Happening, holds } from "../facts/model";
import type { Predicate } from "../facts/schema";
import * as members from "../facts/store";
import { segmentsOf } from "../groups/store";
import type { Run } from "../runs/store";
import * as runs from "../runs/store";
import * as store from "../store";
import {
  type Advanced,
  advance,
  allSteps,
  type Effect,
  isControl,
  type Program,
  type Push,
  type World,
} from "../walk/model";
import { carryOut } from "./effects";

export type Journey = {
  readonly businessId: bigint;
  readonly id: bigint;
  readonly kind: "journey" | "campaign";
  readonly name: string;
};
/** One run and what pushes it. */
export type Pushed = { readonly run: Run; readonly push: Push };

/**
 * Moves runs of one journey that the caller holds locked: looks at each member once, advances, carries out, writes. All of it in the
 * caller's transaction, so that a step is done if and only if its run moved on.
 */
export async function move(tx: Tx, ctx: Context, journey: Journey, pushed: readonly Pushed[]): Promise<void> {
  if (pushed.length === 0) return;
  const winners = await store.winners(tx, journey);
  for (const [version, all] of Map.groupBy(pushed, ({ run }) => run.version)) {
    const program = await store.program(tx, journey, version);
    const facts = await factsFor(
      tx,
      journey,
      program,
      all.map(({ run }) => run),
    );
    const unwanted: bigint[] = [];
    const moved: runs.Moved[] = [];
    const todo: { run: Run; effect: Effect; isBlocked: boolean }[] = [];
    for (const { run, push } of all) {
      const known = facts.get(run.id);
      const world: Omit<World, "facts"> = {
        journeyId: journey.id,
        memberId: run.memberId,
        now: ctx.now,
        zone: ctx.business.zone,
        winners,
      };
      const next = known ? pushOne(program, run, push, { ...world, facts: known }) : gone();
      if (next === "unwanted") unwanted.push(run.id);
      else {
        moved.push({
          run,
          position: next.position,
          passed: next.passed.map((one) => ({ ...one, at: ctx.now })),
          arms: armsOf(next),
        });
        for (const effect of next.effects) todo.push({ run, effect, isBlocked: known?.isBlocked ?? true });
      }
    }
    await runs.forget(tx, journey.businessId, unwanted);
    await carryOut(tx, ctx, journey, program, todo);
    await runs.write(tx, journey, moved, ctx.now);
  }
}

const gone = (): Advanced => ({
  position: { state: "exited", step: null, dueAt: null, waiting: null, reason: "member_gone" },
  effects: [],
  passed: [],
});

/** A run that has not begun is begun first: for whom the journey is, and who is only measured, is decided here and once. */
function pushOne(program: Program, run: Run, push: Push, world: World): Advanced | "unwanted" {
  if (run.position.step !== null) return advance(program, run.position, push, world);
  const { only } = program.definition;
  if (only && !holds(only, world.facts, world.now, world.zone)) return "unwanted";
  if (isControl(program.definition, world.journeyId, world.memberId)) {
    return { position: { ...gone().position, state: "control", reason: null }, effects: [], passed: [] };
  }
  const begun = advance(program, run.position, { kind: "start" }, world);
  if (push.kind !== "event") return begun;
  const then = advance(program, begun.position, push, world);
  return {
    position: then.position,
    effects: [...begun.effects, ...then.effects],
    passed: [...begun.passed, ...then.passed],
  };
}

const armsOf = (next: Advanced) =>
  Object.fromEntries(
    next.passed.flatMap(({ step, code, value }) =>
      value && (code === "drawn" || code === "winner") ? [[step, value]] : [],
    ),
  );

type KnownFacts = Facts & { isBlocked: boolean };

/** What the journey's questions need, and no more. */
async function factsFor(
  tx: Tx,
  journey: Journey,
  program: Program,
  all: readonly Run[],
): Promise<Map<bigint, KnownFacts>> {
  const asks = asked(program);
  const memberIds = [...new Set(all.map((run) => run.memberId))];
  const known = await members.factsOf(tx, journey.businessId, memberIds);
  const segments = asks.has("segment") ? await segmentsOf(tx, journey.businessId, memberIds) : undefined;
  const read = asks.has("message") ? await members.readOf(tx, journey, all) : undefined;
  const ladder = asks.has("number") ? await programmeIn(tx, journey.businessId) : undefined;
  const facts = new Map<bigint, KnownFacts>();
  for (const run of all) {
    const member = known.get(run.memberId);
    if (!member) continue;
    const { opened = [], clicked = [] } = read?.get(run.id) ?? {};
    facts.set(run.id, {
      ...member,
      toNextTier: ladder ? toNumber(moneyToNext(ladder, member.reached)) : null,
      segments: segments?.get(run.memberId) ?? [],
      opened,
      clicked,
      trigger: run.trigger,
    });
  }
  return facts;
}

const toNumber = (minor: bigint | null) => (minor === null ? null : Number(minor));

const asksOf = new WeakMap<Program, ReadonlySet<string>>();
function asked(program: Program): ReadonlySet<string> {
  let asks = asksOf.get(program);
  if (!asks) {
    const leaves = (predicate: Predicate): string[] =>
      "of" in predicate ? predicate.of.flatMap(leaves) : [predicate.kind];
    const { only, steps } = program.definition;
    asks = new Set([
      ...(only ? leaves(only) : []),
      ...allSteps(steps).flatMap((step) => (step.kind === "condition" ? leaves(step.when) : [])),
    ]);
    asksOf.set(program, asks);
  }
  return asks;
}

/** Pushes each run with the member's events in their order; one push at a time, because each may move the run. */
export async function moveByEvents(
  tx: Tx,
  ctx: Context,
  journey: Journey,
  found: readonly Run[],
  eventsOf: (memberId: bigint) => readonly Happening[],
): Promise<void> {
  const longest = Math.max(0, ...found.map((run) => eventsOf(run.memberId).length));
  let current = found;
  for (let index = 0; index < longest && current.length > 0; index += 1) {
    const pushed = current.flatMap((run) => {
      const event = eventsOf(run.memberId)[index];
      return event ? [{ run, push: { kind: "event", event } as const }] : [];
    });
    await move(tx, ctx, journey, pushed);
    if (index + 1 >= longest) return;
    const memberIds = [...new Set(current.map((run) => run.memberId))];
    assert(memberIds.length > 0, "runs belong to members");
    current = await runs.activeOf(tx, journey.businessId, [journey.id], memberIds);
  }
}
