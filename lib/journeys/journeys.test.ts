/** The walk: what a journey may and may not do to a member, for any journey and any time. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueAt, instantAt, nextStrike } from "./calendar/model";
import { noFacts } from "./facts/model";
import {
  type Definition,
  definition as definitionSchema,
  emptyDefinition,
  isTooDeep,
  type Step,
} from "./schema";
import {
  advance,
  allSteps,
  compile,
  entry,
  isControl,
  type Position,
  START,
  saltOf,
  share,
  type World,
} from "./walk/model";

const NOW = new Date("2026-03-10T10:00:00Z");
const ZONE = "Europe/Kyiv";
const world = (now: Date, change: Partial<World> = {}): World => ({
  journeyId: 77n,
  memberId: 4_242n,
  now,
  zone: ZONE,
  facts: noFacts(NOW),
  winners: {},
  ...change,
});
const journey = (steps: Step[], change: Partial<Definition> = {}): Definition => ({
  ...emptyDefinition,
  ...change,
  steps,
});
const wait = (id: string, amount: number, unit: "minutes" | "hours" | "days" = "days"): Step => ({
  kind: "wait",
  id,
  until: { kind: "duration", duration: { amount, unit } },
});
const message = (id: string): Step => ({
  kind: "message",
  id,
  purpose: "marketing",
  about: "news",
  channels: ["inbox"],
  templateId: "5",
  content: null,
});

/** Any tree of steps, with ids of its own. */
const anySteps: fc.Arbitrary<Step[]> = fc
  .letrec<{ steps: Step[]; step: Step }>((tie) => ({
    steps: fc.array(tie("step"), { maxLength: 4, depthIdentifier: "depth" }),
    step: fc.oneof(
      { depthIdentifier: "depth", maxDepth: 4 },
      fc.constant<Step>(message("x")),
      fc.constant<Step>({ kind: "exit", id: "x" }),
      fc.constant<Step>({ kind: "holdout", id: "x", bps: 3_000 }),
      fc.integer({ min: 1, max: 40 }).map((amount) => wait("x", amount)),
      fc
        .integer({ min: 0, max: 23 })
        .map<Step>((hour) => ({ kind: "wait", id: "x", until: { kind: "hour", hour, weekdays: [] } })),
      fc.constant<Step>({ kind: "wait", id: "x", until: { kind: "date", day: "2025-01-01", time: "10:00" } }),
      fc.record({ yes: tie("steps"), no: tie("steps") }).map<Step>(({ yes, no }) => ({
        kind: "condition",
        id: "x",
        when: { kind: "number", fact: "visits", op: "at_least", value: 1 },
        yes,
        no,
      })),
      fc.record({ happened: tie("steps"), timedOut: tie("steps") }).map<Step>((branches) => ({
        kind: "await",
        id: "x",
        match: { type: "purchase.recorded", where: [] },
        timeout: { amount: 3, unit: "days" },
        ...branches,
      })),
      fc.tuple(tie("steps"), tie("steps")).map<Step>(([one, two]) => ({
        kind: "split",
        id: "x",
        branches: [
          { id: "a", label: "A", weight: 1, steps: one },
          { id: "b", label: "B", weight: 2, steps: two },
        ],
      })),
    ),
  }))
  .steps.map((steps) => {
    allSteps(steps).forEach((step, index) => {
      step.id = `s${index}`;
    });
    return steps;
  });

/** Pushes until the end, at each due time; answers the steps carried out, in order. */
function through(
  definition: Definition,
  change: Partial<World> = {},
): { effects: string[]; last: Position; pushes: number } {
  const program = compile(definition);
  let now = NOW;
  let step = advance(program, START, { kind: "start" }, world(now, change));
  const effects = step.effects.map((effect) => effect.id);
  let pushes = 1;
  while (step.position.state === "active") {
    expect(step.position.dueAt?.getTime()).toBeGreaterThan(now.getTime());
    now = step.position.dueAt ?? now;
    step = advance(program, step.position, { kind: "due" }, world(now, change));
    effects.push(...step.effects.map((effect) => effect.id));
    pushes += 1;
  }
  return { effects, last: step.position, pushes };
}

describe("any journey", () => {
  test("ends, and does each step at most once", () => {
    fc.assert(
      fc.property(anySteps, fc.bigInt({ min: 1n, max: 1n << 52n }), (steps, memberId) => {
        const { effects, pushes } = through(journey(steps), { memberId });
        expect(new Set(effects).size).toBe(effects.length);
        expect(pushes).toBeLessThanOrEqual(allSteps(steps).length + 1);
      }),
    );
  });

  test("gives the same answer again, and nothing before its time", () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const program = compile(journey(steps));
        const first = advance(program, START, { kind: "start" }, world(NOW));
        expect(advance(program, START, { kind: "start" }, world(NOW))).toEqual(first);
        const early = new Date((first.position.dueAt ?? NOW).getTime() - 1);
        if (first.position.state === "active")
          expect(advance(program, first.position, { kind: "due" }, world(early)).position).toEqual(
            first.position,
          );
        expect(advance(program, { ...START, state: "done" }, { kind: "due" }, world(NOW)).effects).toEqual(
          [],
        );
      }),
    );
  });

  test("survives the form it is kept in", () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const kept = journey(steps);
        expect(definitionSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
      }),
    );
  });
});

test("a step that is gone from the version stops the run with its reason", () => {
  const program = compile(journey([message("a")]));
  const lost = { ...START, step: "gone", dueAt: NOW };
  expect(advance(program, lost, { kind: "due" }, world(NOW)).position).toMatchObject({
    state: "failed",
    reason: "step_gone",
  });
});

test("an event ends the wait for it, another one does not; nothing comes after the time is out", () => {
  const steps: Step[] = [
    {
      kind: "await",
      id: "w",
      match: { type: "purchase.recorded", where: [{ property: "totalMinor", op: "at_least", value: 5_000 }] },
      timeout: { amount: 2, unit: "days" },
      happened: [message("thanks")],
      timedOut: [message("miss")],
    },
    message("both"),
  ];
  const program = compile(journey(steps));
  const { position } = advance(program, START, { kind: "start" }, world(NOW));
  expect(position).toMatchObject({ step: "w", waiting: "purchase.recorded" });
  const buy = (totalMinor: number) =>
    advance(
      program,
      position,
      { kind: "event", event: { type: "purchase.recorded", at: NOW, properties: { totalMinor } } },
      world(NOW),
    );
  expect(buy(4_999).position).toEqual(position);
  expect(buy(5_000).effects.map((effect) => effect.id)).toEqual(["thanks", "both"]);
  expect(through(journey(steps)).effects).toEqual(["miss", "both"]);
});

test("the goal ends a run wherever it is", () => {
  const program = compile(
    journey([wait("w", 30), message("m")], {
      goal: { match: { type: "purchase.recorded", where: [] }, exits: true },
    }),
  );
  const { position } = advance(program, START, { kind: "start" }, world(NOW));
  const event = { type: "purchase.recorded", at: NOW, properties: {} };
  const after = advance(program, position, { kind: "event", event }, world(NOW));
  expect(after.position).toMatchObject({ state: "goal", reason: "purchase.recorded" });
});

describe("an experiment", () => {
  const steps: Step[] = [
    {
      kind: "experiment",
      id: "e",
      metric: "opened",
      leastPerArm: 100,
      trial: { bps: 2_000, duration: { amount: 4, unit: "hours" } },
      branches: [
        { id: "a", label: "A", weight: 1, steps: [message("one")] },
        { id: "b", label: "B", weight: 1, steps: [message("two")] },
      ],
    },
  ];
  const program = compile(journey(steps));
  const start = (memberId: bigint, winners = {}) =>
    advance(program, START, { kind: "start" }, world(NOW, { memberId, winners }));

  test("a fifth tries, evenly; the rest wait for the winner and get it", () => {
    const all = Array.from({ length: 5_000 }, (_, index) => start(BigInt(index) * 4_096n + 9n));
    const waiting = all.filter((one) => one.position.state === "active");
    expect(waiting.length / all.length).toBeCloseTo(0.8, 1);
    const ones = all.filter((one) => one.effects[0]?.id === "one").length;
    expect(ones / (all.length - waiting.length)).toBeCloseTo(0.5, 1);
    expect(start(9n, { e: "b" }).effects.map((effect) => effect.id)).toEqual(["two"]);
  });
});

test("the control group is the asked share, does not change, and is another one in another journey", () => {
  const definition = journey([], { controlBps: 1_000 });
  const members = Array.from({ length: 20_000 }, (_, index) => (BigInt(index) << 12n) | BigInt(index % 7));
  const control = (id: bigint) => members.filter((member) => isControl(definition, id, member));
  expect(control(5n).length / members.length).toBeCloseTo(0.1, 2);
  expect(control(5n)).toEqual(control(5n));
  const both = control(5n).filter((member) => isControl(definition, 6n, member)).length;
  expect(both / control(5n).length).toBeCloseTo(0.1, 1);
  for (const member of members.slice(0, 100)) expect(share(member, saltOf(5n))).toBeLessThan(10_000);
});

test("who may come back, and how often at the very most", () => {
  const last = (state: "active" | "done", at: Date) => ({ state, at });
  const dayAgo = new Date(NOW.getTime() - 86_400_000);
  const again = (mode: "once" | "after" | "always", restart = false) =>
    journey([], { reentry: { mode, days: 2, restart } });
  expect(entry(again("once"), undefined, 0, NOW)).toBe("enter");
  expect(entry(again("once"), last("done", dayAgo), 0, NOW)).toBe("once");
  expect(entry(again("after"), last("done", dayAgo), 0, NOW)).toBe("too_soon");
  expect(entry(again("always"), last("done", dayAgo), 0, NOW)).toBe("enter");
  expect(entry(again("always"), last("active", dayAgo), 0, NOW)).toBe("under_way");
  expect(entry(again("always", true), last("active", dayAgo), 0, NOW)).toBe("restart");
  expect(entry(again("always", true), last("active", dayAgo), 10, NOW)).toBe("too_often");
});

describe("the clock", () => {
  // Kyiv: 03:00 becomes 04:00 on 29 March 2026, 04:00 becomes 03:00 on 25 October 2026.
  test("a skipped time is the first instant after the gap, a doubled one the first of the two", () => {
    expect(instantAt("2026-03-29", 3 * 60 + 30, ZONE).toISOString()).toBe("2026-03-29T01:00:00.000Z");
    expect(instantAt("2026-10-25", 3 * 60 + 30, ZONE).toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(instantAt("2026-03-29", 12 * 60, ZONE).toISOString()).toBe("2026-03-29T09:00:00.000Z");
    expect(instantAt("2026-01-02", 0, "Asia/Kathmandu").toISOString()).toBe("2026-01-01T18:15:00.000Z");
  });

  test("days keep the clock's time over a change, hours do not", () => {
    const eve = new Date("2026-03-28T10:00:00Z"); // noon in Kyiv
    const due = (amount: number, unit: "hours" | "days") =>
      dueAt({ kind: "duration", duration: { amount, unit } }, eve, ZONE, null)?.toISOString();
    expect(due(1, "days")).toBe("2026-03-29T09:00:00.000Z");
    expect(due(24, "hours")).toBe("2026-03-29T10:00:00.000Z");
  });

  test("until an hour, on some weekdays; a date gone by is no wait", () => {
    const tuesday = NOW; // 12:00 in Kyiv
    const until = (hour: number, weekdays: number[]) =>
      dueAt({ kind: "hour", hour, weekdays }, tuesday, ZONE, null)?.toISOString();
    expect(until(12, [])).toBe("2026-03-10T10:00:00.000Z");
    expect(until(11, [])).toBe("2026-03-11T09:00:00.000Z");
    expect(until(9, [1])).toBe("2026-03-16T07:00:00.000Z");
    expect(dueAt({ kind: "date", day: "2026-03-01", time: "10:00" }, NOW, ZONE, null)).toEqual(NOW);
  });

  test("the next birthday, also of the 29th of February", () => {
    const until = { kind: "birthday", offsetDays: -3, hour: 10 } as const;
    expect(dueAt(until, NOW, ZONE, "1990-03-14")?.toISOString()).toBe("2026-03-11T08:00:00.000Z");
    expect(dueAt(until, NOW, ZONE, "1990-03-11")?.toISOString()).toBe("2027-03-08T08:00:00.000Z");
    expect(dueAt({ ...until, offsetDays: 0 }, NOW, ZONE, "2000-02-29")?.toISOString()).toBe(
      "2027-02-28T08:00:00.000Z",
    );
    expect(dueAt(until, NOW, ZONE, null)).toBeUndefined();
  });

  test("any wait is over at or after now, in any zone", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
        fc.constantFrom("Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
        fc.integer({ min: 0, max: 23 }),
        (now, zone, hour) => {
          const due = dueAt({ kind: "hour", hour, weekdays: [] }, now, zone, null);
          expect(due?.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(due?.getTime()).toBeLessThan(now.getTime() + 27 * 3_600_000);
        },
      ),
    );
  });

  test("schedules strike when they say, the 31st at a short month's end", () => {
    const strike = (schedule: Parameters<typeof nextStrike>[0], since: string) =>
      nextStrike(schedule, new Date(since), ZONE)?.toISOString();
    expect(strike({ kind: "weekly", weekdays: [2, 5], time: "12:00" }, "2026-03-10T10:00:00Z")).toBe(
      "2026-03-13T10:00:00.000Z",
    );
    expect(strike({ kind: "monthly", dayOfMonth: 31, time: "09:30" }, "2026-04-01T00:00:00Z")).toBe(
      "2026-04-30T06:30:00.000Z",
    );
    expect(
      strike({ kind: "once", day: "2026-03-01", time: "09:30" }, "2026-03-10T10:00:00Z"),
    ).toBeUndefined();
  });
});

test("a document nested without end is refused before anybody walks it", () => {
  let deep: unknown = [];
  for (let level = 0; level < 5_000; level += 1) deep = { steps: [deep] };
  expect(isTooDeep(deep)).toBe(true);
  expect(isTooDeep(emptyDefinition)).toBe(false);
});
