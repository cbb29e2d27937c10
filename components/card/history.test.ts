import { expect, test } from "vitest";
import type { Operation } from "@/lib/sales/model";
import { entriesOf, monthsOf } from "./history";

const operation = (over: Partial<Operation>): Operation => ({
  id: 1n,
  kind: "purchase",
  state: "normal",
  memberId: 1n,
  originId: null,
  at: new Date("2026-11-20T10:00:00Z"),
  totalMinor: 10_000n,
  cashMinor: 10_000n,
  discountMinor: 0n,
  certificateMinor: 0n,
  pointsSpent: 0n,
  pointsEarned: 0n,
  refundedMinor: 0n,
  receiptNumber: null,
  staffId: null,
  staffName: null,
  locationId: null,
  locationName: null,
  tierId: "base",
  programmeVersion: 1,
  source: "uds",
  because: [],
  memberName: null,
  memberUid: null,
  ...over,
});

test("a purchase gains what it earned and loses what it spent", () => {
  const [entry] = entriesOf([operation({ pointsEarned: 500n, pointsSpent: 300n })], []);
  expect([entry?.gained, entry?.lost]).toEqual([500n, 300n]);
});

test("a refund turns that round: spent points come back, earned ones go", () => {
  const [entry] = entriesOf([operation({ kind: "refund", pointsEarned: 500n, pointsSpent: 300n })], []);
  expect([entry?.gained, entry?.lost]).toEqual([300n, 500n]);
});

test("what expired stands between the operations, by time", () => {
  const expired = {
    at: new Date("2026-11-20T12:00:00Z"),
    reason: "expire",
    points: -700n,
    operationId: null,
  } as const;
  const later = operation({ id: 2n, at: new Date("2026-11-20T14:00:00Z") });
  const entries = entriesOf([later, operation({})], [expired]);
  expect(entries.map(({ kind }) => kind)).toEqual(["purchase", "expiry", "purchase"]);
  expect([entries[1]?.gained, entries[1]?.lost]).toEqual([0n, 700n]);
});

test("months are those of the business's calendar, newest first", () => {
  const entries = entriesOf(
    [
      // Half past midnight of the first of December in Kyiv, still November in London.
      operation({ id: 3n, at: new Date("2026-11-30T22:30:00Z") }),
      operation({ id: 2n, at: new Date("2026-11-30T21:30:00Z") }),
      operation({ id: 1n, at: new Date("2026-11-01T09:00:00Z") }),
    ],
    [],
  );
  const months = monthsOf(entries, "Europe/Kyiv");
  expect(months.map(({ month, entries: list }) => [month, list.length])).toEqual([
    ["2026-12-01", 1],
    ["2026-11-01", 2],
  ]);
});
