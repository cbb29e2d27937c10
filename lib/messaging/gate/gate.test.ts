/** The gate: every reason to say no, to wait, or to take another channel. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Channel } from "../model";
import { STARTING } from "../settings/schema";
import { breakerMs, decide, type Facts, inControlGroup, quietUntil, shareOf } from "./model";

const NOON = new Date("2026-03-10T10:00:00Z"); // noon in Kyiv
const NOTHING = { day: 0, week: 0 };
const facts = (change: Partial<Facts> = {}): Facts => ({
  now: NOON,
  settings: STARTING,
  purpose: "marketing",
  kind: "offer",
  channels: ["push", "email", "inbox"],
  expiresAt: null,
  member: "there",
  consent: new Map(),
  reachable: new Set<Channel>(["push", "email"]),
  suppressed: new Set(),
  before: { all: NOTHING, channel: new Map(), kind: new Map() },
  wasReleased: false,
  inControl: false,
  away: new Map(),
  quiet: { from: 21 * 60, until: 9 * 60, zone: "Europe/Kyiv" },
  ...change,
});
const NIGHT = new Date("2026-03-10T20:30:00Z");
const MORNING = new Date("2026-03-11T07:00:00Z");
const refused = (because: string) => ({ do: "refuse", because });

describe("a marketing message", () => {
  test("goes by the first channel that is open", () => {
    expect(decide(facts())).toEqual({ do: "send", channel: "push" });
    expect(decide(facts({ reachable: new Set(["email"]), consent: new Map([["email", true]]) }))).toEqual({
      do: "send",
      channel: "email",
    });
  });
  test("falls back to the inbox, and says no when that is declined too", () => {
    expect(decide(facts({ reachable: new Set() }))).toEqual({ do: "send", channel: "inbox" });
    const no = new Map<Channel, boolean>([
      ["inbox", false],
      ["push", false],
    ]);
    expect(decide(facts({ consent: no }))).toEqual(refused("no_consent"));
  });
  test("does not go to a suppressed address", () =>
    expect(decide(facts({ channels: ["email"], suppressed: new Set(["email"]) }))).toEqual(
      refused("suppressed"),
    ));
  test("waits for the morning, and is dropped when it is worth nothing by then", () => {
    expect(decide(facts({ now: NIGHT }))).toEqual({
      do: "postpone",
      channel: "push",
      until: MORNING,
      because: "quiet_hours",
    });
    expect(decide(facts({ now: NIGHT, expiresAt: new Date("2026-03-11T06:00:00Z") }))).toEqual(
      refused("expired"),
    );
  });
  test("stops at every cap", () => {
    const before = (change: Partial<Facts["before"]>) => facts({ before: { ...facts().before, ...change } });
    expect(decide(before({ all: { day: 2, week: 2 } }))).toEqual(refused("cap_day"));
    expect(decide(before({ all: { day: 0, week: 5 } }))).toEqual(refused("cap_week"));
    const kindly = { ...STARTING, caps: { ...STARTING.caps, kind: { offer: { day: null, week: 1 } } } };
    const kind = new Map([["offer" as const, { day: 0, week: 1 }]]);
    expect(decide({ ...before({ kind }), settings: kindly })).toEqual(refused("cap_kind"));
    const perChannel = { ...STARTING, caps: { ...STARTING.caps, channel: { push: { day: 1, week: null } } } };
    const channel = new Map([["push" as const, { day: 1, week: 1 }]]);
    expect(decide({ ...before({ channel }), settings: perChannel, channels: ["push"] })).toEqual(
      refused("cap_channel"),
    );
  });
  test("is not counted twice when it is tried again", () =>
    expect(
      decide(facts({ wasReleased: true, before: { ...facts().before, all: { day: 9, week: 9 } } })),
    ).toMatchObject({
      do: "send",
    }));
  test("does not reach the control group, the blocked and the gone", () => {
    expect(decide(facts({ inControl: true }))).toEqual(refused("control_group"));
    expect(decide(facts({ member: "blocked" }))).toEqual(refused("member_blocked"));
    expect(decide(facts({ member: "gone" }))).toEqual(refused("member_gone"));
  });
  test("waits for a provider that is away", () => {
    const until = new Date(NOON.getTime() + 60_000);
    expect(decide(facts({ away: new Map([["push", until]]) }))).toEqual({
      do: "postpone",
      channel: "push",
      until,
      because: "provider_away",
    });
  });
});

test("a service message passes the night, caps and the control group, not a plain no", () => {
  const service = facts({
    purpose: "service",
    now: NIGHT,
    inControl: true,
    before: { ...facts().before, all: { day: 99, week: 99 } },
  });
  expect(decide(service)).toEqual({ do: "send", channel: "push" });
  expect(decide({ ...service, consent: new Map([["push", false]]) })).toEqual({
    do: "send",
    channel: "email",
  });
});

describe("quiet hours", () => {
  const night = { from: 22 * 60, until: 8 * 60, zone: "Europe/Kyiv" };
  test("end after the clock was set forward and back", () => {
    expect(quietUntil(new Date("2026-03-28T21:00:00Z"), night)).toEqual(new Date("2026-03-29T05:00:00Z"));
    expect(quietUntil(new Date("2026-10-24T20:00:00Z"), night)).toEqual(new Date("2026-10-25T06:00:00Z"));
  });
  test("an end inside the hour that is skipped is the first moment after it", () => {
    const early = { from: 0, until: 210, zone: "Europe/Kyiv" }; // 03:30 does not exist on that day
    expect(quietUntil(new Date("2026-03-28T23:00:00Z"), early)).toEqual(new Date("2026-03-29T01:00:00Z"));
  });
  test("always end later, and outside themselves", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const zone = fc.constantFrom("Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");
    const at = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true });
    const property = fc.property(minute, minute, zone, at, (from, until, where, now) => {
      const end = quietUntil(now, { from, until, zone: where });
      if (end) expect(end.getTime() - now.getTime()).toSatisfy((ms: number) => ms > 0 && ms < 26 * 3_600_000);
    });
    expect(() => fc.assert(property)).not.toThrow();
  });
});

test("the control group is even, and the same every time", () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => 3_400_000_000_000_000n + BigInt(i));
  const share = ids.filter((id) => inControlGroup(77n, id, 10)).length / ids.length;
  expect(share).toBeGreaterThan(0.09);
  expect(share).toBeLessThan(0.11);
  expect(shareOf("a", 5n)).toBe(shareOf("a", 5n));
  expect(shareOf("a", 5n)).not.toBe(shareOf("b", 5n));
});

test("a provider is left alone from its fifth failure on, at most a quarter of an hour", () => {
  expect([4, 5, 6, 50].map(breakerMs)).toEqual([0, 15_000, 30_000, 900_000]);
});
