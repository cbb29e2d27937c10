/** Journeys read back in every language: whole sentences, no key left unsaid. */
import { readFileSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { READY, readyMade } from "../ready/model";
import { emptyDefinition } from "../schema";
import { newStep } from "../tree/model";
import { type Reader, readJourney } from "./model";

function reader(locale: "en" | "ru" | "uk"): Reader {
  const messages = JSON.parse(readFileSync(`lib/platform/i18n/messages/${locale}/journeys.json`, "utf8")) as {
    read: Record<string, string>;
  };
  const t = createTranslator({
    locale,
    messages: messages.read,
    onError: (error) => {
      throw error;
    },
  });
  return {
    say: (key, values) => t(key, values),
    name: (kind, id) => `${kind} ${id}`,
    amount: (hundredths) => String(hundredths / 100),
    day: (day) => day,
    locale,
  };
}

describe.each(["en", "ru", "uk"] as const)("%s", (locale) => {
  test.each(READY)("%s", (name) => {
    const text = readJourney(readyMade(name), reader(locale));
    expect(text).toMatch(/^\p{Lu}.+\.$/u);
    expect(text).not.toMatch(/undefined|NaN/);
  });

  test("every kind of step, trigger and question has its words", () => {
    const kinds = [
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
    ] as const;
    const text = readJourney(
      {
        ...emptyDefinition,
        triggers: [
          { kind: "segment", segmentId: "1", on: "left" },
          { kind: "date", date: "birthday", offsetDays: -3, hour: 10 },
          { kind: "date", date: "first_purchase", offsetDays: 2, hour: 10 },
          {
            kind: "schedule",
            schedule: { kind: "weekly", weekdays: [1, 5], time: "10:00" },
            audience: { kind: "all" },
          },
          { kind: "api" },
        ],
        only: {
          kind: "none",
          of: [
            { kind: "tag", tagId: "1", is: true },
            {
              kind: "any",
              of: [
                { kind: "gender", gender: "female" },
                { kind: "number", fact: "daysSinceVisit", op: "at_most", value: 3 },
              ],
            },
          ],
        },
        goal: {
          exits: true,
          match: { type: "purchase.recorded", where: [{ property: "isFirst", op: "is", value: true }] },
        },
        steps: [
          ...kinds.map((kind, index) => newStep(kind, `s${index}`)),
          { kind: "wait", id: "h", until: { kind: "hour", hour: 9, weekdays: [2] } },
          { kind: "wait", id: "d", until: { kind: "date", day: "2026-05-01", time: "10:00" } },
          { kind: "wait", id: "b", until: { kind: "birthday", offsetDays: -2, hour: 9 } },
        ],
      },
      reader(locale),
    );
    expect(text.length).toBeGreaterThan(300);
    expect(text).not.toMatch(/undefined|NaN/);
  });
});

test("the welcome journey in English", () => {
  expect(readJourney(readyMade("welcome"), reader("en"))).toBe(
    "When somebody joins: send “Welcome to {business}”; wait up to 10 days for this: somebody buys; if it happens — nothing; if not — wait until 11:00; send “Your welcome points end soon”. 10 % get nothing, to compare with.",
  );
});
