import "server-only";
import { Refused } from "../kernel/refusals";
import { keyedHash } from "../platform/crypto";
import { type Actor, actorId, type Context } from "./model";
import { type Limit, MINUTE_MS } from "./sign-in/model";
import { countAttempt, forgetAttempts, takeBackAttempt } from "./sign-in/store";

const DAY_MS = 1_440 * MINUTE_MS;
/** A member mistypes their own code now and then; whoever stands at a counter types codes all day. */
const LIMITS = {
  one: { free: 10, forgetMs: DAY_MS },
  many: { free: 40, forgetMs: 60 * MINUTE_MS },
} as const satisfies Record<string, Limit>;

/** A counted try, to be given back when it was no guess. */
export type Guess = { readonly subject: string; readonly limit: Limit };

const limitOf = (actor: Actor): Limit =>
  actor.kind === "member" || actor.kind === "person" ? LIMITS.one : LIMITS.many;

/**
 * Counts a try at a code before it is looked up, by who makes it: a hundred at once get no further than one after another.
 *
 * Shape: `what` names the kind of code. Refuses: `locked` with `retryAt` and `retryAfterSeconds`, longer with every further try.
 */
export async function countGuess(ctx: Context, what: "promo" | "certificate"): Promise<Guess> {
  const { actor, business, now } = ctx;
  const limit = limitOf(actor);
  const who = `${what} ${business.id} ${actor.kind} ${actorId(actor) ?? 0n}`;
  const subject = `code:${keyedHash("sign-in-attempt", who).slice(0, 32)}`;
  const lockedUntil = await countAttempt(subject, limit, now);
  if (!lockedUntil) return { subject, limit };
  const retryAfterSeconds = Math.max(1, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
  throw new Refused("locked", { retryAt: lockedUntil.toISOString(), retryAfterSeconds });
}

/** The code was right: who holds one card starts anew, a busy counter gets this one try back. */
export async function forgiveGuess({ subject, limit }: Guess): Promise<void> {
  if (limit === LIMITS.one) await forgetAttempts(subject);
  else await takeBackAttempt(subject, limit);
}
