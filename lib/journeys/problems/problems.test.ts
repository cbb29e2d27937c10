/** What a journey is refused for, and where it is said; and the walk of one supposed person. */
import { expect, test } from "vitest";
import { dryRun } from "../dryrun/model";
import { noFacts } from "../facts/model";
import { type Definition, emptyDefinition, type Step, type Trigger } from "../schema";
import { type Known, problemsOf } from "./model";

const NOW = new Date("2026-03-10T10:00:00Z");
const ZONE = "Europe/Kyiv";
const known: Known = {
  segments: ["1"],
  templates: ["5"],
  tags: ["7"],
  items: ["9"],
  tiers: ["base", "gold"],
  promos: [],
  rewards: ["3"],
  steps: [
    "wait",
    "await",
    "condition",
    "split",
    "experiment",
    "holdout",
    "message",
    "points",
    "promo",
    "reward",
    "tag",
    "webhook",
    "task",
    "exit",
  ],
  mayCall: (url) => url.startsWith("https://"),
};
const bought: Trigger = { kind: "event", match: { type: "purchase.recorded", where: [] } };
const message: Extract<Step, { kind: "message" }> = {
  kind: "message",
  id: "m",
  purpose: "marketing",
  about: "news",
  channels: ["inbox"],
  templateId: "5",
  content: null,
};
const journey = (change: Partial<Definition>): Definition => ({
  ...emptyDefinition,
  triggers: [bought],
  steps: [message],
  ...change,
});
const codes = (change: Partial<Definition>) =>
  problemsOf(journey(change), known, NOW, ZONE).map(
    ({ code, step, isError }) => `${isError ? "!" : "?"}${code}@${step ?? ""}`,
  );

test("a sound journey has none", () => expect(codes({})).toEqual([]));

const saying = (text: string, url = ""): Step => ({
  ...message,
  id: "w",
  templateId: null,
  content: { locales: { en: { title: "Hello", text, ...(url ? { url, button: "Open" } : {}) } } },
});
const reward: Step = { kind: "reward", id: "r", rewardId: "3", days: 5 };

test("what was given before may be named", () =>
  expect(codes({ steps: [reward, saying("Take {reward} until {offerUntil}")] })).toEqual([]));

const always = { mode: "always", days: 1, restart: false } as const;
const condition = (when: Extract<Step, { kind: "condition" }>["when"]): Step => ({
  kind: "condition",
  id: "c",
  when,
  yes: [],
  no: [message],
});

test.each<[string, Partial<Definition>, string]>([
  ["no trigger", { triggers: [] }, "!no_trigger@"],
  ["no steps", { steps: [] }, "!no_steps@"],
  ["a step twice", { steps: [message, message] }, "!step_repeated@m"],
  ["a deleted template", { steps: [{ ...message, templateId: "6" }] }, "!template_gone@m"],
  ["a deleted segment", { triggers: [{ kind: "segment", segmentId: "2", on: "left" }] }, "!segment_gone@"],
  [
    "a deleted segment in a condition",
    { steps: [condition({ kind: "any", of: [{ kind: "segment", segmentId: "3", is: true }] })] },
    "!segment_gone@c",
  ],
  [
    "a deleted item",
    {
      triggers: [
        {
          kind: "event",
          match: { type: "purchase.recorded", where: [{ property: "item", op: "is", value: "8" }] },
        },
      ],
    },
    "!item_gone@",
  ],
  [
    "an unknown event",
    { triggers: [{ kind: "event", match: { type: "moon.full", where: [] } }] },
    "!event_unknown@",
  ],
  [
    "an unknown property",
    {
      goal: {
        exits: true,
        match: { type: "purchase.recorded", where: [{ property: "colour", op: "is", value: "red" }] },
      },
    },
    "!property_unknown@",
  ],
  [
    "a wait in the past",
    {
      steps: [{ kind: "wait", id: "w", until: { kind: "date", day: "2026-03-09", time: "10:00" } }, message],
    },
    "!wait_in_past@w",
  ],
  [
    "a schedule in the past",
    {
      triggers: [
        {
          kind: "schedule",
          audience: { kind: "all" },
          schedule: { kind: "once", day: "2026-03-09", time: "10:00" },
        },
      ],
    },
    "!schedule_in_past@",
  ],
  [
    "points that begin it again",
    {
      reentry: always,
      triggers: [{ kind: "event", match: { type: "points.granted", where: [] } }],
      steps: [{ kind: "points", id: "p", points: 100, days: null }],
    },
    "!loops@p",
  ],
  [
    "a tag that may lead back into its segment",
    {
      reentry: always,
      triggers: [{ kind: "segment", segmentId: "1", on: "entered" }],
      steps: [{ kind: "tag", id: "t", tagId: "7", add: true }],
    },
    "!loops@t",
  ],
  [
    "a webhook at home",
    { steps: [{ kind: "webhook", id: "h", url: "http://10.0.0.1/" }] },
    "!webhook_address@h",
  ],
  ["codes that are gone", { steps: [{ kind: "promo", id: "p", promoId: "4", days: 5 }] }, "!promo_gone@p"],
  [
    "a reward that is gone",
    { steps: [{ kind: "reward", id: "r", rewardId: "4", days: 5 }] },
    "!reward_gone@r",
  ],
  [
    "a gift promised before it is given",
    { steps: [saying("Take {reward}"), reward] },
    "!words_missing_offer@w",
  ],
  [
    "a gift given only on the other branch",
    {
      steps: [
        {
          kind: "condition",
          id: "c",
          when: { kind: "gender", gender: "female" },
          yes: [reward],
          no: [saying("Take {reward}")],
        },
      ],
    },
    "!words_missing_offer@w",
  ],
  ["a word nobody knows", { steps: [saying("Hi {nmae}")] }, "!words_unknown_variable@w"],
  ["a link that leads nowhere", { steps: [saying("Hi", "/cards")] }, "!words_link_broken@w"],
  [
    "a question about another step",
    { steps: [condition({ kind: "message", step: "zz", did: "opened", is: true })] },
    "!message_step_gone@c",
  ],
  ["steps nobody reaches", { steps: [{ kind: "exit", id: "e" }, message] }, "?never_reached@m"],
  ["nothing to measure against", { controlBps: 0 }, "?no_control@"],
])("%s", (_name, change, problem) => expect(codes(change)).toContain(problem));

test("once only, points may begin it: no storm can come of that", () => {
  const triggers: Trigger[] = [{ kind: "event", match: { type: "points.granted", where: [] } }];
  expect(codes({ triggers, steps: [{ kind: "points", id: "p", points: 100, days: null }] })).toEqual([]);
});

test("more steps, or deeper ones, than any journey has", () => {
  const many = Array.from({ length: 101 }, (_, index): Step => ({ ...message, id: `m${index}` }));
  expect(codes({ steps: many })).toContain("!too_many_steps@");
  let deep: Step[] = [message];
  for (let level = 0; level < 8; level += 1)
    deep = [
      { ...condition({ kind: "gender", gender: "female" }), id: `c${level}`, yes: deep, no: [] } as Step,
    ];
  expect(codes({ steps: deep })).toContain("!too_deep@");
});

test("a person walks a dry run as far as the slider goes", () => {
  const steps: Step[] = [
    { kind: "wait", id: "w", until: { kind: "duration", duration: { amount: 7, unit: "days" } } },
    condition({ kind: "number", fact: "visits", op: "at_least", value: 1 }),
  ];
  const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
  const walk = (days: number, boughtOn?: number) =>
    dryRun(
      journey({ steps }),
      {
        journeyId: 1n,
        memberId: 2n,
        zone: ZONE,
        facts: noFacts(NOW),
        startsAt: NOW,
        happenings:
          boughtOn === undefined
            ? []
            : [{ type: "purchase.recorded", at: at(boughtOn), properties: { totalMinor: 100 } }],
        winners: {},
      },
      at(days),
    );
  expect(walk(6).lines).toEqual([]);
  expect(walk(6).position.dueAt).toEqual(at(7));
  expect(walk(8).lines.map((line) => line.code)).toEqual(["waited", "condition_not_met", "message"]);
  expect(walk(8, 3).lines.map((line) => line.code)).toEqual(["waited", "condition_met"]);
  expect(walk(8, 3).endedAt).toEqual(at(7));
});
