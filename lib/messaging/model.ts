/** Messages: words and shapes every part of messaging agrees on. */

/** Ways to reach a member, in the order a business usually prefers them; `inbox` is the card's own and always there. */
export const CHANNELS = ["push", "telegram", "email", "sms", "inbox"] as const;
export type Channel = (typeof CHANNELS)[number];
/** Channels that leave the house. */
export const OUTWARD = CHANNELS.filter((channel) => channel !== "inbox");

export const PURPOSES = ["marketing", "service"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const STATES = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "opened",
  "clicked",
  "failed",
  "refused",
] as const;
export type MessageState = (typeof STATES)[number];

/** What sorts of messages there are, for caps and for the member's own reading. */
export const KINDS = [
  "offer",
  "points",
  "reward",
  "birthday",
  "reminder",
  "news",
  "receipt",
  "feedback",
  "referral",
  "tier",
] as const;
export type Kind = (typeof KINDS)[number];

/** Why the gate said no, or a channel gave up; texts live in the messages under `messaging.refusal`. */
export const MESSAGE_REFUSALS = [
  "no_consent",
  "no_address",
  "suppressed",
  "cap_day",
  "cap_week",
  "cap_channel",
  "cap_kind",
  "control_group",
  "expired",
  "quiet_hours", // a postponement, never an end
  "pace", // a postponement: the sender's limit
  "provider_away", // a postponement: the circuit is open
  "member_blocked",
  "member_gone",
  "channel_off",
  "template_gone",
  "content_broken",
  "mint_refused",
  "rejected", // the provider said no for good
  "gone", // the address does not exist any more
  "too_many_attempts",
  "uncertain", // the sender died in the middle of the call; sending again might say it twice
  "bounced",
  "cancelled",
] as const;
export type MessageRefusal = (typeof MESSAGE_REFUSALS)[number];

export const LANGUAGES = ["en", "ru", "uk"] as const;
export type Language = (typeof LANGUAGES)[number];

export type Source = {
  readonly kind: "journey" | "campaign" | "system" | "staff";
  readonly id: string;
  readonly step?: string;
  readonly variant?: string;
};

/** What a message says in one language: ICU MessageFormat over the template's variables. */
export type Wording = {
  readonly title: string;
  readonly text: string;
  /** The one thing to press, and where it leads: a path of the card (`/card`) or an https address. */
  readonly button?: string | undefined;
  readonly url?: string | undefined;
  /** What differs by mail and by SMS; else title and text serve. */
  readonly subject?: string | undefined;
  readonly mail?: string | undefined;
  readonly sms?: string | undefined;
  /** Said in place of a variable that is empty for a member. */
  readonly fallbacks?: Readonly<Record<string, string>> | undefined;
};

/** Something given with the message, made when it is sent; `minters` in lib/wiring.ts know how. */
export type Offer = {
  /** "points", "promo_code", "reward" ... */
  readonly kind: string;
  /** What the minter needs: plain JSON. */
  readonly with: Readonly<Record<string, string | number | boolean | null>>;
};

export type Content = {
  readonly locales: Readonly<Partial<Record<Language, Wording>>>;
  readonly offers?: readonly Offer[] | undefined;
};

export type Variables = Readonly<Record<string, string | number | boolean>>;

/** What to say: a template's version, or words of the caller's own. */
export type Saying = { readonly templateId: bigint; readonly version: number } | Content;

export type Queueing = {
  readonly purpose: Purpose;
  readonly kind: Kind;
  /** Fallback order; the inbox follows by itself. */
  readonly channels: readonly Channel[];
  readonly content: Saying;
  readonly variables?: Variables;
  readonly source: Source;
  readonly notBefore?: Date;
  readonly expiresAt?: Date;
};

/** `duplicate`: the key was queued before; `messageId` is the one it made. */
export type Queued =
  | { readonly ok: true; readonly messageId: bigint }
  | { readonly ok: false; readonly refusal: "duplicate"; readonly messageId: bigint }
  | { readonly ok: false; readonly refusal: "unknown_member" | "template_gone" };

/** Lower goes first. */
export const PRIORITY: Readonly<Record<Purpose, number>> = { service: 0, marketing: 1 };

export const QUEUE_MEMBERS_MAX = 1_000_000;

/** The order a message really tries: each channel once, the inbox last. */
export function fallbackOrder(channels: readonly Channel[]): Channel[] {
  return [...new Set([...channels.filter((channel) => channel !== "inbox"), "inbox" as const])];
}

export { lint, type Problem, smsParts } from "./template/lint/model";
export {
  isKnown,
  type Rendering,
  render,
  SAMPLES,
  type Said,
  SPOKEN,
  type Spoken,
  VARIABLES,
} from "./template/model";
