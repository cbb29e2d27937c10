import type { Reason } from "../../program/model";
import type { Line, Operation } from "../../sales/model";

/** What a timeline can be narrowed to, in the order the chips stand in. */
export const TIMELINE_KINDS = [
  "visits",
  "points",
  "rewards",
  "messages",
  "notes",
  "tiers",
  "segments",
  "journeys",
  "friends",
  "consents",
  "changes",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/**
 * Where entries come from. What happened in the same millisecond stands in this order, the cause below what it brought: a purchase
 * below the tier it reached and the segment it led into.
 */
export const SOURCES = [
  "joined",
  "operation",
  "expired",
  "reward",
  "use",
  "certificate",
  "tier",
  "friend_joined",
  "friend_bought",
  "consent",
  "change",
  "segment",
  "segment_left",
  "journey",
  "message",
  "note",
] as const;
export type Source = (typeof SOURCES)[number];

/** What a visit did besides points and money. */
export type Stamped = { readonly name: string; readonly stamps: number; readonly undone: number };

/** How a message went on. */
export type Reaction = {
  readonly kind: string;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly at: Date;
};

/** A step of a journey that did something. */
export type StepDone = { readonly kind: string; readonly outcome: string; readonly at: Date };

type Happened<S extends Source, D> = D & {
  readonly source: S;
  /** The number of what happened, unique among its source. */
  readonly id: bigint;
  readonly at: Date;
  readonly staffId: bigint | null;
  readonly staffName: string | null;
};

/** Money in minor units, points in hundredths, both as they come out of JSON: whole numbers. */
export type Details = {
  joined: { readonly by: string; readonly inviterId: number | null; readonly inviter: string | null };
  operation: object;
  expired: { readonly points: number; readonly isBack: boolean };
  reward: {
    readonly name: string;
    readonly by: string;
    readonly uses: number;
    readonly pricePoints: number | null;
    readonly priceMinor: number | null;
    readonly withdrawnAt: string | null;
    readonly operationId: number | null;
    readonly comment: string | null;
  };
  use: {
    readonly name: string;
    readonly state: string;
    readonly operationId: number | null;
    readonly location: string | null;
  };
  certificate: {
    readonly amountMinor: number;
    readonly reason: string;
    readonly operationId: number | null;
  };
  tier: {
    readonly before: string;
    readonly after: string;
    readonly isUp: boolean;
    readonly reason: string;
    readonly until: string | null;
    readonly comment: string | null;
    readonly operationId: number | null;
  };
  friend_joined: { readonly friendId: number; readonly friend: string | null; readonly state: string };
  friend_bought: { readonly friendId: number; readonly friend: string | null; readonly points: number };
  consent: {
    readonly purpose: string;
    readonly channel: string;
    readonly granted: boolean;
    readonly by: string;
  };
  change: { readonly action: string; readonly actor: string };
  segment: { readonly name: string; readonly segmentId: number };
  segment_left: { readonly name: string; readonly segmentId: number; readonly enteredAt: string };
  journey: {
    readonly journeyId: number;
    readonly name: string;
    readonly kind: string;
    readonly state: string;
    readonly endedAt: string | null;
  };
  message: {
    readonly title: string | null;
    readonly kind: string;
    readonly purpose: string;
    readonly state: string;
    readonly channel: string | null;
    readonly refusal: string | null;
    readonly by: string;
  };
  note: { readonly text: string; readonly editedAt: string | null };
};

export type Entry =
  | Happened<
      "operation",
      { readonly operation: Operation; readonly lines: readonly Line[]; readonly stamps: readonly Stamped[] }
    >
  | Happened<"message", Details["message"] & { readonly reactions: readonly Reaction[] }>
  | Happened<"journey", Details["journey"] & { readonly steps: readonly StepDone[] }>
  | { [S in Exclude<Source, "operation" | "message" | "journey">]: Happened<S, Details[S]> }[Exclude<
      Source,
      "operation" | "message" | "journey"
    >];

export type { Reason };

/** The place of an entry in the order: its millisecond, its source, its number. */
export type Place = { readonly ms: bigint; readonly rank: number; readonly id: bigint };

const PLACE = /^(\d{1,14})\.(\d{1,2})\.(\d{1,16})$/;

/** A place as an opaque text for the next page, and back; nothing for a text that is none. */
export const placeText = ({ ms, rank, id }: Place): string => `${ms}.${rank}.${id}`;

export function placeOf(text: string | null): Place | null | undefined {
  if (text === null) return null;
  const found = PLACE.exec(text);
  if (!found) return undefined;
  const [, ms = "", rank = "", id = ""] = found;
  return Number(rank) < SOURCES.length ? { ms: BigInt(ms), rank: Number(rank), id: BigInt(id) } : undefined;
}

const LAST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Up to where one source is read for the page after `place`: (millisecond, number) below this pair, the number alone where it carries
 * its own millisecond.
 */
export function boundOf(source: Source, place: Place | null): { readonly ms: bigint; readonly id: bigint } {
  if (place === null) return { ms: LAST, id: LAST };
  const rank = SOURCES.indexOf(source);
  if (rank === place.rank) return { ms: place.ms, id: place.id };
  // Of the same millisecond, sources that stand lower are still to come.
  return { ms: rank < place.rank ? place.ms + 1n : place.ms, id: 0n };
}

/** The first number of a bound's millisecond, for sources whose numbers are sortable by time. */
export const idBound = (source: Source, place: Place | null): bigint => {
  if (place === null) return LAST;
  const { ms, id } = boundOf(source, place);
  return id === 0n ? ms << 12n : id;
};
