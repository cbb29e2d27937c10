/** Every ready-made journey is one the editor takes: sound but for what only the business can choose. */
import { expect, test } from "vitest";
import { problemsOf } from "../problems/model";
import { definition } from "../schema";
import { allSteps } from "../walk/model";
import { offered, READY, readyMade } from "./model";

const NOW = new Date("2026-03-10T10:00:00Z");

test.each(READY)("%s", (name) => {
  const made = readyMade(name);
  expect(definition.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  const known = { segments: [], templates: [], tags: [], items: [], tiers: [], promos: [], rewards: [] };
  const steps = allSteps(made.steps).map((step) => step.kind);
  const found = problemsOf(made, { ...known, steps, mayCall: () => true }, NOW, "Europe/Kyiv").map(
    (one) => one.code,
  );
  const open: Readonly<Record<string, string[]>> = {
    after_service: ["choose_category", "reward_gone"],
    bad_review: ["event_unknown", "property_unknown"],
  };
  expect(found).toEqual(open[name] ?? []);
  for (const step of allSteps(made.steps)) {
    if (step.kind !== "message") continue;
    expect(Object.keys(step.content?.locales ?? {}).toSorted()).toEqual(["en", "ru", "uk"]);
  }
});

test("only those whose events are told are offered", () =>
  expect(offered()).toEqual(READY.filter((name) => name !== "bad_review")));
