/** Ready-made journeys: definitions to begin from. What a business must choose itself is left open and shown as a problem. */
import type { Kind } from "../../messaging/model";
import { EVENTS } from "../facts/model";
import { emptyDefinition } from "../limits/model";
import type { Definition, EventMatch, Reentry, Step } from "../schema";
import { WORDS, type Words } from "./words/model";

export const READY = [
  "welcome",
  "after_service",
  "sleeping",
  "birthday",
  "anniversary",
  "burning",
  "bad_review",
  "referral",
  "near_tier",
] as const;
export type Ready = (typeof READY)[number];

const MORNING = 11;
/** Nobody's id: what only the business can choose is a problem until it did. */
const UNCHOSEN = "1";
const bought: EventMatch = { type: "purchase.recorded", where: [] };

function say(id: string, about: Kind, words: Words): Step {
  const locales = Object.fromEntries(
    Object.entries(words).map(([locale, [title, text]]) => [
      locale,
      { title, text, button: OPEN[locale] ?? "", url: "/card" },
    ]),
  );
  return {
    kind: "message",
    id,
    purpose: "marketing",
    about,
    channels: ["push", "email", "inbox"],
    templateId: null,
    content: { locales },
  };
}
const OPEN: Readonly<Record<string, string>> = {
  en: "Open the card",
  ru: "Открыть карту",
  uk: "Відкрити картку",
};

const wait = (id: string, days: number): Step => ({
  kind: "wait",
  id,
  until: { kind: "duration", duration: { amount: days, unit: "days" } },
});
const hour = (id: string): Step => ({
  kind: "wait",
  id,
  until: { kind: "hour", hour: MORNING, weekdays: [] },
});
const points = (id: string, amount: number, days: number): Step => ({
  kind: "points",
  id,
  points: amount * 100,
  days,
});
const again = (days: number): Reentry => ({ mode: "after", days, restart: false });
const begin = (match: EventMatch): Definition["triggers"] => [{ kind: "event", match }];
const journey = (change: Partial<Definition>): Definition => ({ ...emptyDefinition, ...change });
const comes = { match: bought, exits: true } as const;

const MADE: Readonly<Record<Ready, () => Definition>> = {
  welcome: () =>
    journey({
      triggers: begin({ type: "member.joined", where: [] }),
      steps: [
        say("hello", "news", WORDS.hello),
        {
          kind: "await",
          id: "comes",
          match: bought,
          timeout: { amount: 10, unit: "days" },
          happened: [],
          timedOut: [hour("morning"), say("ends", "points", WORDS.welcomeEnds)],
        },
      ],
    }),
  after_service: () =>
    journey({
      // The category is the business's own: until it is chosen, the empty one is nobody's.
      triggers: begin({ ...bought, where: [{ property: "category", op: "is", value: "" }] }),
      reentry: { mode: "always", days: 7, restart: true },
      steps: [
        wait("week", 7),
        hour("morning"),
        { kind: "reward", id: "gift", rewardId: UNCHOSEN, days: 7 },
        say("offer", "offer", WORDS.colouring),
      ],
    }),
  sleeping: () =>
    journey({
      triggers: begin(bought),
      reentry: { mode: "always", days: 1, restart: true },
      windowDays: 100,
      steps: [
        wait("month", 30),
        hour("at1"),
        say("first", "reminder", WORDS.sleeping30),
        wait("two", 30),
        hour("at2"),
        points("gift2", 100, 5),
        say("second", "points", WORDS.sleeping60),
        wait("three", 30),
        hour("at3"),
        points("gift3", 200, 5),
        say("third", "points", WORDS.sleeping90),
      ],
    }),
  birthday: () =>
    journey({
      triggers: [{ kind: "date", date: "birthday", offsetDays: 0, hour: 10 }],
      reentry: again(300),
      steps: [points("gift", 200, 14), say("wish", "birthday", WORDS.birthday)],
    }),
  anniversary: () =>
    journey({
      triggers: [{ kind: "date", date: "first_purchase", offsetDays: 0, hour: 10 }],
      reentry: again(300),
      steps: [points("gift", 150, 30), say("thanks", "points", WORDS.anniversary)],
    }),
  burning: () =>
    journey({
      triggers: [{ kind: "expiring", days: 7, hour: MORNING, leastPoints: 5_000 }],
      reentry: again(7),
      steps: [say("soon", "points", WORDS.burning)],
    }),
  bad_review: () =>
    journey({
      triggers: begin({ type: "feedback.given", where: [{ property: "rating", op: "at_most", value: 3 }] }),
      reentry: again(60),
      goal: comes,
      steps: [
        { kind: "task", id: "call", title: "☎" },
        wait("rest", 1),
        hour("morning"),
        points("sorry", 150, 30),
        say("words", "feedback", WORDS.sorry),
      ],
    }),
  referral: () =>
    journey({
      triggers: begin({ ...bought, where: [{ property: "isFirst", op: "is", value: true }] }),
      steps: [wait("days", 3), hour("morning"), say("invite", "referral", WORDS.invite)],
    }),
  near_tier: () =>
    journey({
      triggers: begin(bought),
      only: { kind: "number", fact: "toNextTier", op: "at_most", value: 50_000 },
      reentry: again(60),
      steps: [wait("day", 1), hour("morning"), say("near", "tier", WORDS.nearTier)],
    }),
};

/** A ready-made journey as a draft to edit. */
export const readyMade = (name: Ready): Definition => MADE[name]();

/** Those whose events somebody here tells of. */
export function offered(): Ready[] {
  const types = new Set(EVENTS.map((event) => event.type));
  return READY.filter((name) =>
    readyMade(name).triggers.every((one) => one.kind !== "event" || types.has(one.match.type)),
  );
}
