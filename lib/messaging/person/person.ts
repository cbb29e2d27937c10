import "server-only";
import type { Business } from "../../access";
import { keyedHash } from "../../platform/crypto";
import { formats } from "../../platform/i18n/format";
import { isLocale, LOCALE_DEFAULT } from "../../platform/i18n/locales";
import type { Programme } from "../../program";
import { moneyToNext, type Reached } from "../../tiers/model";
import type { Counted, Facts } from "../gate/model";
import type { Channel, Kind, Language, Purpose, Variables } from "../model";
import type { Address } from "../send/model";
import type { MessagingSettings } from "../settings/schema";
import type { PersonRow } from "./store";

/** What an address is remembered by once nothing is to be sent to it. */
export const addressHash = (address: string): string =>
  keyedHash("suppression", address.trim().toLowerCase());

/** Fingerprints of a member's addresses that can be suppressed. */
export const hashesOf = (person: PersonRow): { email: string | null; sms: string | null } => ({
  email: person.email === null ? null : addressHash(person.email),
  sms: person.phone === null ? null : addressHash(person.phone),
});

export function addressOf(person: PersonRow): Address {
  return {
    push: person.browsers.map(({ id, ...browser }) => ({ ...browser, id: BigInt(id) })),
    email: person.email,
    sms: person.phone,
    telegram: person.chatId,
  };
}

/** The push services a member's browsers belong to: each has its own good and bad days. */
export const originsOf = (address: Address): string[] => [
  ...new Set(address.push.map((one) => pushLane(one.endpoint))),
];
export const pushLane = (endpoint: string): string => `push ${URL.parse(endpoint)?.host ?? "nowhere"}`;

export function languageOf(person: PersonRow, business: Business): Language {
  if (isLocale(person.locale)) return person.locale;
  return isLocale(business.locale) ? business.locale : LOCALE_DEFAULT;
}

type PersonFacts = Pick<
  Facts,
  "member" | "consent" | "reachable" | "suppressed" | "before" | "away" | "quiet"
>;

/** What the gate wants to know of a member. Shape: `away` by lane, push by its service. */
export function factsOf(
  person: PersonRow,
  business: Business,
  settings: MessagingSettings,
  purpose: Purpose,
  { suppressed, away }: { suppressed: ReadonlySet<string>; away: ReadonlyMap<string, Date> },
): PersonFacts {
  const address = addressOf(person);
  const { email, sms } = hashesOf(person);
  const isSuppressed = (channel: Channel, hash: string | null) =>
    hash !== null && suppressed.has(`${channel} ${hash}`);
  const consent = new Map<Channel, boolean>();
  for (const [about, channel, granted] of person.consents)
    if (about === purpose) consent.set(channel as Channel, granted);
  return {
    member: !person.isThere ? "gone" : person.isBlocked ? "blocked" : "there",
    consent,
    reachable: new Set<Channel>([
      ...(address.push.length > 0 ? (["push"] as const) : []),
      ...(address.email ? (["email"] as const) : []),
      ...(address.sms ? (["sms"] as const) : []),
      ...(address.telegram ? (["telegram"] as const) : []),
    ]),
    suppressed: new Set<Channel>([
      ...(isSuppressed("email", email) ? (["email"] as const) : []),
      ...(isSuppressed("sms", sms) ? (["sms"] as const) : []),
    ]),
    before: countedOf(person),
    away: awayOf(address, away),
    quiet: quietOf(person, business, settings),
  };
}

function quietOf(
  { zone, quietFrom, quietUntil }: PersonRow,
  business: Business,
  settings: MessagingSettings,
) {
  const where = zone ?? business.zone;
  if (quietFrom !== null && quietUntil !== null) return { from: quietFrom, until: quietUntil, zone: where };
  return settings.quiet && { ...settings.quiet, zone: where };
}

/** Push is away only when every service the member's browsers belong to is. */
function awayOf(address: Address, lanes: ReadonlyMap<string, Date>): Map<Channel, Date> {
  const away = new Map<Channel, Date>();
  for (const channel of ["email", "sms", "telegram"] as const) {
    const until = lanes.get(channel);
    if (until) away.set(channel, until);
  }
  const services = originsOf(address).map((lane) => lanes.get(lane));
  const first = services.reduce((a, b) => (a && b ? (a < b ? a : b) : undefined), services[0]);
  if (first) away.set("push", first);
  return away;
}

function countedOf({ counts }: PersonRow): Facts["before"] {
  const all = { day: 0, week: 0 };
  const channel = new Map<Channel, Counted>();
  const kind = new Map<Kind, Counted>();
  const add = <K>(map: Map<K, Counted>, key: K, day: number, week: number) => {
    const before = map.get(key) ?? { day: 0, week: 0 };
    map.set(key, { day: before.day + day, week: before.week + week });
  };
  for (const [through, about, day, week] of counts) {
    all.day += day;
    all.week += week;
    add(channel, through as Channel, day, week);
    add(kind, about as Kind, day, week);
  }
  return { all, channel, kind };
}

const DAY_MS = 86_400_000;

/** What wordings may say of a member. Points as whole numbers of the programme's unit. */
export function variablesOf(
  person: PersonRow,
  business: Business,
  programme: Programme,
  { locale, now }: { locale: Language; now: Date },
): Variables {
  const { base, tiers } = programme;
  const { date, money } = formats({ locale, zone: business.zone, currency: business.currency });
  const left = moneyToNext(programme, reachedBy(person));
  return {
    name: person.name ?? "",
    gender: person.gender ?? "other",
    business: business.name,
    points: Number(person.points) / 100,
    tier: [base, ...tiers].find(({ id }) => id === person.tierId)?.name ?? base.name,
    visits: person.visits,
    ...(person.lastAt
      ? { daysSinceVisit: Math.floor((now.getTime() - person.lastAt.getTime()) / DAY_MS) }
      : {}),
    burningPoints: Number(person.burningPoints) / 100,
    // Points that end with a day are good through the day before that instant.
    ...(person.burningAt ? { burningOn: date(new Date(person.burningAt.getTime() - 1)) } : {}),
    ...(left !== null && left > 0n ? { missing: money(left, { whole: "drop" }) } : {}),
  };
}

function reachedBy({ tierId, visits, spentMinor, invited, counted }: PersonRow): Reached {
  const totals = { cashSpentMinor: spentMinor, visits, effectiveInvited: invited };
  const [money, times, friends] = counted ?? [];
  const isCounted = money !== undefined && times !== undefined && friends !== undefined;
  return {
    tierId,
    totals,
    counted: isCounted ? { cashSpentMinor: money, visits: times, effectiveInvited: friends } : null,
  };
}
