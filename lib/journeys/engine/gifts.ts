import "server-only";
import type { Context } from "../../access";
import { Refused } from "../../kernel/refusals";
import type { Day } from "../../kernel/time";
import type { Tx } from "../../platform/db";
import { giftCode, giftPoints, giftReward } from "../../program";
import * as done from "../done/store";
import { type Effect, isEffect, type Program } from "../walk/model";
import { Halted, type Outcome, type Todo } from "./effects";
import type { Journey } from "./move";

/** What a later message of the same run may say, by the variables of messages. `offerUntil` is a calendar day. */
export type Words = Readonly<Record<string, string | number>>;
type Gift = Extract<Effect, { kind: "points" | "promo" | "reward" }>;

export const isGift = (effect: Effect): effect is Gift =>
  effect.kind === "points" || effect.kind === "promo" || effect.kind === "reward";

/** Whether a journey gives anything that its messages could name. */
export const hasGifts = ({ nodes }: Program): boolean =>
  nodes.values().some(({ step }) => isEffect(step) && isGift(step));

/**
 * Gives what steps promise, each under the run's and step's own key; one member's refusal (none left, a code used up) is written down and
 * goes no further.
 *
 * Refuses: throws `Halted` when the reward or the codes are gone for everybody.
 */
export async function give(
  tx: Tx,
  ctx: Context,
  journey: Journey,
  todo: readonly Todo[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of todo) {
    const { run, effect } = one;
    if (!isGift(effect)) continue;
    const about = { memberId: run.memberId, key: `journey:${run.id}:${effect.id}`, days: effect.days };
    // A refusal of the database would take the whole batch with it.
    const made = await done.within(tx, () => giftOf(tx, ctx, journey, effect, about)).catch(refusalOf);
    if (typeof made === "string") {
      if (made === "not_found") throw new Halted(`${effect.kind}_gone`);
      outcomes.push({ run, effect, outcome: made });
    } else outcomes.push({ run, effect, outcome: "done", ...made });
  }
  return outcomes;
}

function refusalOf(error: unknown): string {
  if (error instanceof Refused) return error.code;
  throw error;
}

type Made = { readonly points?: bigint; readonly given: Words };
type About = { readonly memberId: bigint; readonly key: string; readonly days: number | null };

async function giftOf(tx: Tx, ctx: Context, journey: Journey, effect: Gift, about: About): Promise<Made> {
  if (effect.kind === "points") {
    const points = BigInt(effect.points);
    const { until } = await giftPoints(tx, ctx, { ...about, points, comment: journey.name });
    return { points, given: { offerPoints: effect.points / 100, ...untilWord(until) } };
  }
  if (effect.kind === "promo") {
    const { code, until } = await giftCode(tx, ctx, { ...about, promoId: BigInt(effect.promoId) });
    return { given: { promoCode: code, ...untilWord(until) } };
  }
  const rewardId = BigInt(effect.rewardId);
  const { name, until } = await giftReward(tx, ctx, { ...about, rewardId, comment: journey.name });
  return { given: { reward: name, ...untilWord(until) } };
}

const untilWord = (until: Day | null): Words => (until === null ? {} : { offerUntil: until });

/** What each message of these runs may say of what its run was given before it. Shape: by "run step". */
export async function wordsGiven(
  tx: Tx,
  businessId: bigint,
  todo: readonly Todo[],
  now: readonly Outcome[],
): Promise<Map<string, Words>> {
  const messages = todo.filter(({ effect }) => effect.kind === "message");
  const words = new Map<string, Words>();
  if (messages.length === 0) return words;
  const before = await done.givenBefore(
    tx,
    businessId,
    messages.map(({ run }) => run.id),
  );
  const fresh = new Map(now.map(({ run, effect, given }) => [`${run.id} ${effect.id}`, given ?? {}]));
  for (const { run, effect } of todo) {
    const so = { ...before.get(run.id), ...fresh.get(`${run.id} ${effect.id}`) };
    before.set(run.id, so);
    words.set(`${run.id} ${effect.id}`, so);
  }
  return words;
}
