/** The gate: whether a message may go now, through which channel, or why not. Pure; asked at the moment of sending. */
import { addDays, dayOf, instantAt, minuteOfDay } from "../../kernel/time";
import type { Channel, Kind, MessageRefusal, Purpose } from "../model";
import type { MessagingSettings } from "../settings/schema";

export type Counted = { readonly day: number; readonly week: number };

/** Everything the gate looks at. */
export type Facts = {
  readonly now: Date;
  readonly settings: MessagingSettings;
  readonly purpose: Purpose;
  readonly kind: Kind;
  /** Fallback order, the inbox last; channels that failed for good are left out. */
  readonly channels: readonly Channel[];
  readonly expiresAt: Date | null;
  readonly member: "there" | "blocked" | "gone";
  /** What the member said last, for this purpose. */
  readonly consent: ReadonlyMap<Channel, boolean>;
  readonly reachable: ReadonlySet<Channel>;
  readonly suppressed: ReadonlySet<Channel>;
  /** Marketing that went out to the member before, this message not among it. */
  readonly before: {
    readonly all: Counted;
    readonly channel: ReadonlyMap<Channel, Counted>;
    readonly kind: ReadonlyMap<Kind, Counted>;
  };
  /** Let through earlier: what is counted is counted. */
  readonly wasReleased: boolean;
  readonly inControl: boolean;
  /** Channels whose provider is left alone until then. */
  readonly away: ReadonlyMap<Channel, Date>;
  readonly quiet: { readonly from: number; readonly until: number; readonly zone: string } | null;
};

export type Decision =
  | { readonly do: "send"; readonly channel: Channel }
  | {
      readonly do: "postpone";
      readonly channel: Channel;
      readonly until: Date;
      readonly because: "quiet_hours" | "provider_away";
    }
  | { readonly do: "refuse"; readonly because: MessageRefusal };

/**
 * Decides about one message.
 *
 * Shape: service messages pass by consent given once, quiet hours, caps and the control group, but not by a channel that was
 * switched off, an address that is dead, or a plain no of the member.
 */
export function decide(facts: Facts): Decision {
  const { now, expiresAt, member, purpose } = facts;
  if (expiresAt && expiresAt <= now) return { do: "refuse", because: "expired" };
  if (member === "gone") return { do: "refuse", because: "member_gone" };
  if (purpose === "marketing" && member === "blocked") return { do: "refuse", because: "member_blocked" };
  if (purpose === "marketing" && facts.inControl) return { do: "refuse", because: "control_group" };
  let first: MessageRefusal | undefined;
  for (const channel of facts.channels) {
    const reason = obstacle(facts, channel);
    if (reason === undefined) return through(facts, channel);
    // The first channel with something to say says why; having no address there says the least.
    if (first === undefined || first === "no_address" || first === "channel_off") first = reason;
  }
  return { do: "refuse", because: first ?? "no_address" };
}

/** What stands between a message and one channel. */
function obstacle(facts: Facts, channel: Channel): MessageRefusal | undefined {
  const { settings, purpose, consent } = facts;
  if (!isOn(settings, channel)) return "channel_off";
  if (channel !== "inbox" && facts.suppressed.has(channel)) return "suppressed";
  if (channel !== "inbox" && !facts.reachable.has(channel)) return "no_address";
  const said = consent.get(channel);
  const agreed = said ?? (purpose === "service" || settings.assumed.includes(channel));
  if (!agreed) return "no_consent";
  if (purpose === "service" || channel === "inbox" || facts.wasReleased) return undefined;
  return isOver(facts.before.channel.get(channel), settings.caps.channel[channel])
    ? "cap_channel"
    : undefined;
}

export function isOn(settings: MessagingSettings, channel: Channel): boolean {
  if (channel === "inbox") return true;
  return channel === "sms" ? settings.sms.kind !== "off" : settings[channel].isOn;
}

type Cap = { readonly day: number | null; readonly week: number | null };

function isOver(counted: Counted | undefined, cap: Cap | undefined): boolean {
  if (!counted || !cap) return false;
  return counted.day >= (cap.day ?? Infinity) || counted.week >= (cap.week ?? Infinity);
}

function through(facts: Facts, channel: Channel): Decision {
  const { now, purpose, expiresAt } = facts;
  if (channel === "inbox") return { do: "send", channel };
  if (purpose === "marketing") {
    const cap = facts.wasReleased ? undefined : capReached(facts);
    if (cap) return { do: "refuse", because: cap };
    const until = facts.quiet && quietUntil(now, facts.quiet);
    if (until && expiresAt && until >= expiresAt) return { do: "refuse", because: "expired" };
    if (until) return { do: "postpone", channel, until, because: "quiet_hours" };
  }
  const back = facts.away.get(channel);
  return back && back > now
    ? { do: "postpone", channel, until: back, because: "provider_away" }
    : { do: "send", channel };
}

function capReached({ settings, before, kind }: Facts): MessageRefusal | undefined {
  if (before.all.day >= (settings.caps.day ?? Infinity)) return "cap_day";
  if (before.all.week >= (settings.caps.week ?? Infinity)) return "cap_week";
  return isOver(before.kind.get(kind), settings.caps.kind[kind]) ? "cap_kind" : undefined;
}

/** The end of the quiet hours an instant lies in, or nothing. Hours may span midnight; equal ends mean none. */
export function quietUntil(
  now: Date,
  { from, until, zone }: { readonly from: number; readonly until: number; readonly zone: string },
): Date | undefined {
  if (from === until) return undefined;
  const minute = minuteOfDay(now, zone);
  const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!isQuiet) return undefined;
  const day = dayOf(now, zone);
  const end = instantAt(minute < until ? day : addDays(day, 1), until, zone);
  // A clock set back repeats an hour: the end that has been is not the end to wait for.
  return end > now ? end : instantAt(addDays(day, 1), until, zone);
}

/**
 * A member's place between 0 and 1 for a salt: the same for ever, and even over members.
 *
 * Shape: FNV-1a over the text, stirred once more, because FNV leaves neighbours close together.
 */
export function shareOf(salt: string, memberId: bigint): number {
  let hash = 0x811c9dc5;
  for (const char of `${salt}:${memberId}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Whether a member belongs to the business's global control group. */
export const inControlGroup = (businessId: bigint, memberId: bigint, percent: number): boolean =>
  percent > 0 && shareOf(`control:${businessId}`, memberId) * 100 < percent;

/** After the nth failure in a row of a provider: left alone that long. Below five, not at all. */
export const BREAKER_FAILURES = 5;
export function breakerMs(failures: number): number {
  if (failures < BREAKER_FAILURES) return 0;
  return Math.min(15 * 60_000, 15_000 * 2 ** Math.min(10, failures - BREAKER_FAILURES));
}

/** A message that met a trouble that passes is tried this often, waiting longer each time. */
export const ATTEMPTS_MAX = 10;
export const retryMs = (attempts: number): number =>
  Math.min(3_600_000, 5_000 * 2 ** Math.max(0, attempts - 1));
