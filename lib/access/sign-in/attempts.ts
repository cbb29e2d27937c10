import "server-only";
import { Refused } from "../../kernel/refusals";
import { keyedHash } from "../../platform/crypto";
import type { Visitor } from "../model";
import { LIMITS, type LimitName, networkOf } from "./model";
import * as store from "./store";

/** A counter's name. The address itself is not kept: a list of who tried to sign in is nobody's business. */
const subjectOf = (limit: LimitName, what: string) =>
  `${limit}:${keyedHash("sign-in-attempt", what).slice(0, 32)}`;

export type Counted = { readonly address: string; readonly network: string | undefined };

/**
 * Counts a try before it is made, so that a hundred at once are no better than one after another.
 *
 * Shape: `what` is what is guessed or asked for ("password", "code", "letter") and for whom.
 * Refuses: `locked` with `retryAt` and `retryAfterSeconds`, for the address or the network it comes from.
 */
export async function countTry(
  visitor: Visitor,
  kind: "guess" | "letter",
  what: string,
  email: string,
): Promise<Counted> {
  const address = subjectOf(kind, `${what} ${email}`);
  const from = kind === "guess" ? "guessFrom" : "letterFrom";
  const network = visitor.ip === undefined ? undefined : subjectOf(from, networkOf(visitor.ip));
  // The network first: who is locked out there cannot go on locking out addresses.
  if (network) await count(network, from, visitor.now);
  await count(address, kind, visitor.now);
  return { address, network };
}

async function count(subject: string, limit: LimitName, now: Date): Promise<void> {
  const lockedUntil = await store.countAttempt(subject, LIMITS[limit], now);
  if (!lockedUntil) return;
  // Seconds as well: the clock of the phone that shows them may be wrong.
  const retryAfterSeconds = Math.max(1, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
  throw new Refused("locked", { retryAt: lockedUntil.toISOString(), retryAfterSeconds });
}

/** Removes counters whose tries are forgotten anyway: every address that ever mistyped would stay for good. */
export async function forgetOldTries(now: Date): Promise<void> {
  const longestMs = Math.max(...Object.values(LIMITS).map(({ forgetMs }) => forgetMs));
  await store.deleteAttemptsBefore(new Date(now.getTime() - longestMs), now);
}

/** A guess was right: the address starts anew, the network gets this one try back. */
export async function forgive({ address, network }: Counted): Promise<void> {
  await store.forgetAttempts(address);
  if (network) await store.takeBackAttempt(network, LIMITS.guessFrom);
}
