import "server-only";
import type { Context } from "../../access";
import { newId } from "../../kernel/ids";
import { queueMessages, type Saying } from "../../messaging";
import type { Tx } from "../../platform/db";
import { enqueue } from "../../platform/jobs";
import * as done from "../done/store";
import type { Run } from "../runs/store";
import type { Step, StepKind } from "../schema";
import * as store from "../store";
import { addTasks } from "../tasks/store";
import { branchesOf, type Effect, type Program } from "../walk/model";
import { give, hasGifts, type Words, wordsGiven } from "./gifts";
import type { Journey } from "./move";

/** Something of the journey is not there any more: it is paused with this reason, and nobody moves. */
export class Halted extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export type Todo = { readonly run: Run; readonly effect: Effect; readonly isBlocked: boolean };
type Of<K extends Effect["kind"]> = Todo & { readonly effect: Extract<Effect, { kind: K }> };
export type Outcome = {
  readonly run: Run;
  readonly effect: Effect;
  readonly outcome: string;
  readonly points?: bigint;
  /** What later messages of the run may say of it. */
  readonly given?: Words;
};

/** The name under which `lib/wiring.ts` runs `callWebhook`. */
export const WEBHOOK_JOB = "journey_webhook";

/** Steps the engine can carry out: those whose module is there. */
export const STEP_KINDS: readonly StepKind[] = [
  "wait",
  "await",
  "condition",
  "split",
  "experiment",
  "holdout",
  "message",
  "points",
  "promo",
  "reward",
  "tag",
  "webhook",
  "task",
  "exit",
];

/**
 * Carries out what runs asked for, each step of a run once: the runs are locked, and the row of a step done before says so.
 *
 * Shape: gifts first, so that a message of the same walk can name them. Refuses: throws `Halted` when a template, a reward, a campaign
 * of codes or a tag is gone.
 */
export async function carryOut(
  tx: Tx,
  ctx: Context,
  journey: Journey,
  program: Program,
  todo: readonly Todo[],
): Promise<void> {
  if (todo.length === 0) return;
  const before = await done.effectsDone(
    tx,
    journey.businessId,
    todo.map(({ run }) => run.id),
  );
  const fresh = todo.filter(({ run, effect }) => !before.has(`${run.id} ${effect.id}`));
  const outcomes: Outcome[] = fresh
    .filter((one) => one.isBlocked)
    .map(({ run, effect }) => ({ run, effect, outcome: "member_blocked" }));
  const open = fresh.filter((one) => !one.isBlocked);
  const of = <K extends Effect["kind"]>(kind: K) =>
    open.filter((one): one is Of<K> => one.effect.kind === kind);
  const gifts = await give(tx, ctx, journey, open);
  const words = hasGifts(program) ? await wordsGiven(tx, journey.businessId, open, gifts) : new Map();
  outcomes.push(
    ...gifts,
    ...(await messages(tx, ctx, { journey, program, words }, of("message"))),
    ...(await tags(tx, journey, of("tag"))),
    ...(await tasks(tx, ctx, journey, of("task"))),
    ...(await webhooks(tx, journey, of("webhook"))),
  );
  await done.keepEffects(tx, journey, outcomes, ctx.now);
}

/** One statement for all members who hear the same words; the key names run and step, so nobody hears them twice. */
async function messages(
  tx: Tx,
  ctx: Context,
  { journey, program, words }: { journey: Journey; program: Program; words: ReadonlyMap<string, Words> },
  todo: readonly Of<"message">[],
): Promise<Outcome[]> {
  const variables = ({ run, effect }: Of<"message">) => ({
    ...spoken(run),
    ...words.get(`${run.id} ${effect.id}`),
  });
  const groups = Map.groupBy(
    todo,
    (one) => `${one.effect.id} ${one.run.no} ${JSON.stringify(variables(one))}`,
  );
  for (const all of groups.values()) {
    const [first] = all;
    if (!first) continue;
    const { effect, run } = first;
    const variant = variantOf(program, effect.id);
    const queued = await queueMessages(tx, ctx, {
      purpose: effect.purpose,
      kind: effect.about,
      channels: effect.channels,
      content: await sayingOf(tx, journey, effect),
      variables: variables(first),
      source: {
        kind: journey.kind,
        id: journey.id.toString(),
        step: effect.id,
        ...(variant ? { variant } : {}),
      },
      key: `j${journey.id}.${run.no}.${effect.id}`,
      memberIds: all.map((one) => one.run.memberId),
    });
    if (!queued.ok) throw new Halted(queued.refusal);
  }
  return todo.map(({ run, effect }) => ({ run, effect, outcome: "done" }));
}

async function sayingOf(tx: Tx, journey: Journey, step: Of<"message">["effect"]): Promise<Saying> {
  if (step.templateId === null) {
    if (!step.content) throw new Halted("template_gone");
    return { locales: step.content.locales, offers: step.content.offers };
  }
  const version = await store.templateVersion(tx, journey.businessId, BigInt(step.templateId));
  if (version === undefined) throw new Halted("template_gone");
  return { templateId: BigInt(step.templateId), version };
}

/** Words of the trigger a message may use. */
function spoken({ trigger }: Run): Record<string, string | number> {
  const { itemName, categoryName, friendName } = trigger;
  return {
    ...(typeof itemName === "string" ? { item: itemName } : {}),
    ...(typeof categoryName === "string" ? { itemCategory: categoryName } : {}),
    ...(typeof friendName === "string" ? { friend: friendName } : {}),
  };
}

const variants = new WeakMap<Program, Map<string, string>>();

/** The branch of the innermost experiment a step lies in. */
function variantOf(program: Program, stepId: string): string | undefined {
  let known = variants.get(program);
  if (!known) {
    known = new Map();
    const lay = (steps: readonly Step[], arm: string | undefined) => {
      for (const step of steps) {
        if (arm !== undefined) known?.set(step.id, arm);
        for (const [name, inner] of branchesOf(step)) lay(inner, step.kind === "experiment" ? name : arm);
      }
    };
    lay(program.definition.steps, undefined);
    variants.set(program, known);
  }
  return known.get(stepId);
}

async function tags(tx: Tx, journey: Journey, todo: readonly Of<"tag">[]): Promise<Outcome[]> {
  const rows = todo.map(({ run, effect }) => ({
    memberId: run.memberId,
    tagId: BigInt(effect.tagId),
    add: effect.add,
  }));
  const wanted = [...new Set(rows.map(({ tagId }) => tagId))];
  if ((await store.countTags(tx, journey.businessId, wanted)) < wanted.length) throw new Halted("tag_gone");
  await store.changeTags(tx, journey.businessId, rows);
  return todo.map(({ run, effect }) => ({ run, effect, outcome: "done" }));
}

async function tasks(
  tx: Tx,
  ctx: Context,
  journey: Journey,
  todo: readonly Of<"task">[],
): Promise<Outcome[]> {
  await addTasks(
    tx,
    journey,
    todo.map(({ run, effect }) => ({ id: newId(ctx.now), memberId: run.memberId, title: effect.title })),
    ctx.now,
  );
  return todo.map(({ run, effect }) => ({ run, effect, outcome: "done" }));
}

/** Calls leave the house after the transaction, by a job that tries again. */
async function webhooks(tx: Tx, journey: Journey, todo: readonly Of<"webhook">[]): Promise<Outcome[]> {
  for (const { run, effect } of todo) {
    const payload = {
      businessId: journey.businessId.toString(),
      journeyId: journey.id.toString(),
      journey: journey.name,
      runId: run.id.toString(),
      memberId: run.memberId.toString(),
      step: effect.id,
      url: effect.url,
      trigger: run.trigger,
    };
    await enqueue(tx, WEBHOOK_JOB, payload, `journey:${run.id}:${effect.id}`);
  }
  return todo.map(({ run, effect }) => ({ run, effect, outcome: "done" }));
}
