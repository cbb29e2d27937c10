/** Who is rewarded for a friend, what is suspicious about one, and what a refund takes back. Pure. */
import { proportion, shareHalfUp } from "../kernel/money";
import { addDays, dayOf, startOfDay } from "../kernel/time";
import { referralRates } from "../program/model";
import type { ReferralTerms } from "../program/schema";

export const LEVELS = 3;

/** Why an invitation is looked at before anything is given for it. */
export const SUSPICIONS = [
  "same_phone",
  "same_email",
  "same_person", // one name and birthday
  "same_device",
  "many_from_inviter",
  "many_from_device",
  "many_from_network",
] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

export const STATES = ["open", "held", "rejected"] as const;
export type ReferralState = (typeof STATES)[number];

export type RewardKind = "percent" | "invitation" | "friend_first" | "friend_join";

/** Somebody above a friend: level 1 invited them. `linkId`: whose joining made this step. */
export type Link = { readonly level: number; readonly ancestorId: bigint; readonly linkId: bigint };

/** A reward before it is posted. Points and money in hundredths. */
export type Reward = {
  readonly kind: RewardKind;
  readonly level: number;
  readonly memberId: bigint;
  readonly points: bigint;
  readonly rateBps: number;
  readonly baseMinor: bigint;
};

/**
 * What a friend's purchase gives and to whom: a share of the money to each level that is on, and, with the first purchase that
 * counts, the fixed points to both sides.
 *
 * Units: hundredths; shares round half up.
 */
export function rewardsFor(
  terms: ReferralTerms,
  friendId: bigint,
  purchase: { readonly cashMinor: bigint; readonly makesEffective: boolean },
  links: readonly Link[],
): Reward[] {
  const rates = referralRates(terms);
  const shares = links.slice(0, LEVELS).map(({ level, ancestorId }): Reward => {
    const rateBps = rates[level - 1] ?? 0;
    const points = shareHalfUp(purchase.cashMinor, rateBps);
    return {
      kind: "percent",
      level,
      memberId: ancestorId,
      points,
      rateBps,
      baseMinor: purchase.cashMinor,
    };
  });
  const inviter = links.find(({ level }) => level === 1);
  const fixed = { rateBps: 0, baseMinor: 0n };
  if (purchase.makesEffective && inviter) {
    const { invitationPoints, friendFirstPoints } = terms;
    shares.push(
      {
        kind: "invitation",
        level: 1,
        memberId: inviter.ancestorId,
        points: invitationPoints,
        ...fixed,
      },
      { kind: "friend_first", level: 0, memberId: friendId, points: friendFirstPoints, ...fixed },
    );
  }
  return shares.filter(({ points }) => points > 0n);
}

/** How much of a share refunds have undone: in proportion to the money given back, all of it when all went back. */
export function takenOf(points: bigint, baseMinor: bigint, refundedMinor: bigint): bigint {
  if (baseMinor === 0n || refundedMinor <= 0n) return 0n;
  return refundedMinor >= baseMinor ? points : proportion(points, refundedMinor, baseMinor);
}

/** What two people are known by. */
export type Known = {
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly name: string | null;
  readonly birthDate: string | null;
};

/** Friends of one origin within the last hour and day, the new one included. */
export type Burst = { readonly hour: number; readonly day: number };

export type Evidence = {
  readonly friend: Known;
  readonly inviter: Known;
  readonly isSameDevice: boolean;
  readonly fromInviter: Burst;
  readonly fromDevice: Burst;
  readonly fromNetwork: Burst;
};

/** A café's guests share one network, and may well come together. */
const NETWORK_FACTOR = 3;

/** What speaks against an invitation; nothing when it looks like two people. */
export function suspicionsOf(
  evidence: Evidence,
  limits: Pick<ReferralTerms, "hourMax" | "dayMax">,
): Suspicion[] {
  const { friend, inviter } = evidence;
  const share = (a: readonly string[], b: readonly string[]) => a.some((one) => b.includes(one));
  const tooMany = ({ hour, day }: Burst, factor = 1) =>
    hour > limits.hourMax * factor || day > limits.dayMax * factor;
  const isNamesake =
    friend.name !== null &&
    friend.birthDate !== null &&
    sameName(friend.name) === sameName(inviter.name ?? "") &&
    friend.birthDate === inviter.birthDate;
  const found: Record<Suspicion, boolean> = {
    same_phone: share(friend.phones, inviter.phones),
    same_email: share(friend.emails.map(plainEmail), inviter.emails.map(plainEmail)),
    same_person: isNamesake,
    same_device: evidence.isSameDevice,
    many_from_inviter: tooMany(evidence.fromInviter),
    many_from_device: tooMany(evidence.fromDevice),
    many_from_network: tooMany(evidence.fromNetwork, NETWORK_FACTOR),
  };
  return SUSPICIONS.filter((suspicion) => found[suspicion]);
}

const sameName = (name: string) => name.trim().toLowerCase().replace(/\s+/g, " ");

/** Providers that deliver `a.b+c@` and `ab@` to one mailbox. */
const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/** An e-mail address as the mailbox it reaches: no plus part, and no dots where the provider ignores them. */
export function plainEmail(email: string): string {
  const [local = "", domain = ""] = email.trim().toLowerCase().split("@");
  const [name = ""] = local.split("+");
  if (!DOTLESS.has(domain)) return `${name}@${domain}`;
  return `${name.replaceAll(".", "")}@gmail.com`;
}

/** The earliest visit that still counts as being active; null when nobody asks. Time: whole days in the zone. */
export function activeSince(terms: Pick<ReferralTerms, "activeDays">, now: Date, zone: string): Date | null {
  return terms.activeDays === null ? null : startOfDay(addDays(dayOf(now, zone), -terms.activeDays), zone);
}

/** A name as much as another guest may see of it: "Олена К."; nothing for who has none. */
export function shortName(name: string | null): string | null {
  const [first, last] = (name ?? "").trim().split(/\s+/);
  if (!first) return null;
  return last ? `${first} ${/^./u.exec(last)?.[0] ?? ""}.` : first;
}

/** Where a friend stands, as the inviter may know it: why somebody is looked at is never told. */
export const FRIEND_STATES = ["joined", "bought", "checking"] as const;
export type FriendState = (typeof FRIEND_STATES)[number];

export function friendState(row: { state: ReferralState; boughtAt: Date | null }): FriendState {
  if (row.state === "held") return "checking";
  return row.boughtAt === null ? "joined" : "bought";
}
