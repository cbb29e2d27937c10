import { STAFF_LINK_MINUTES } from "../model";

/** Sign-in's limits, in one place. */
export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const CODE_LENGTH = 6;
export const CODE_TTL_MS = 10 * MINUTE_MS;
export const CODE_ATTEMPTS_MAX = 5;
export const LINK_TTL_MS = STAFF_LINK_MINUTES * MINUTE_MS;
export const INVITATION_TTL_MS = 7 * DAY_MS;
/** How soon a screen offers to send again. */
export const RESEND_AFTER_MS = 45_000;
/** This long after signing in a password may be set without the old one: who came by link has forgotten it. */
export const FRESH_MS = 15 * MINUTE_MS;

export type SessionKind = "staff" | "person";
/** Unused this long, a session ends. */
export const SESSION_IDLE_MS: Readonly<Record<SessionKind, number>> = {
  staff: 14 * DAY_MS,
  person: 30 * DAY_MS,
};
/** A session in use is prolonged once a day, not with every request. */
export const PROLONG_AFTER_MS = DAY_MS;

export const LOCK_MAX_MS = 60 * MINUTE_MS;

/** How many tries are free before each further one locks, and after how much quiet they are forgotten. */
export type Limit = { readonly free: number; readonly forgetMs: number };

export const LIMITS = {
  /** Guesses at one address's password or code. */
  guess: { free: 10, forgetMs: DAY_MS },
  /** Guesses from one network: a whole salon's guests may stand behind one address. */
  guessFrom: { free: 30, forgetMs: 60 * MINUTE_MS },
  /** Letters asked for one address. */
  letter: { free: 5, forgetMs: 60 * MINUTE_MS },
  letterFrom: { free: 40, forgetMs: 60 * MINUTE_MS },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/** How long the n-th try in a row locks: nothing at first, then 1, 2, 4 ... minutes up to an hour. */
export function lockMs(tries: number, limit: Limit): number {
  if (tries < limit.free) return 0;
  return Math.min(LOCK_MAX_MS, MINUTE_MS * 2 ** Math.min(tries - limit.free, 10));
}

/** What tries are counted by for an address on the net: IPv6 by /64, since one household owns that many. */
export function networkOf(ip: string): string {
  if (!ip.includes(":")) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  const [head = "", tail = ""] = ip.toLowerCase().split("::");
  const front = head.split(":").filter(Boolean);
  const back = tail.split(":").filter(Boolean);
  const zeros = ip.includes("::")
    ? Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0")
    : [];
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}

/**
 * The client's address out of x-forwarded-for, when that many proxies of ours stand in front.
 * Shape: each proxy appends whom it heard from, so the last entries are ours and what is left of them is anybody's claim.
 */
export function clientIp(forwardedFor: string | null, proxies: number): string | undefined {
  if (proxies === 0 || !forwardedFor) return undefined;
  const ip = forwardedFor
    .split(",")
    .at(-proxies)
    ?.trim()
    .replace(/^\[|\](:\d+)?$/g, "");
  return ip && /^[\da-f.:]{2,45}$/i.test(ip) ? ip : undefined;
}
