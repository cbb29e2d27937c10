/** Groups every business asks for, as rules to begin with; the owner changes them like any other. */
import type { EventLeaf, Leaf, Node, NumberTest, Rule, Window } from "../rule/model";

const all = (...nodes: Node[]): Rule => ({ version: 1, root: { kind: "all", nodes } });

const bought = (window: Window, measure: EventLeaf["measure"] = { of: "did" }): Leaf => ({
  kind: "event",
  event: "purchase",
  where: [],
  window,
  measure,
});
const last = (n: number): Window => ({ in: "last", n, unit: "day" });
const atLeast = (value: number): NumberTest => ({ op: "at_least", value });

/** Was here, and then not for more than so many days. */
const sleeping = (from: number, until: number | null): Rule =>
  all(bought(until === null ? { in: "ever" } : last(until)), bought(last(from), { of: "did_not" }));

export const READY = [
  "new",
  "returning",
  "vip",
  "due",
  "sleeping_30",
  "sleeping_60",
  "sleeping_90",
  "lost",
  "birthday",
  "anniversary",
  "burning",
  "ambassadors",
] as const;
export type Ready = (typeof READY)[number];

const RULES: Readonly<Record<Ready, Rule>> = {
  new: all({ kind: "day", field: "first_visit", test: { op: "last", n: 30, unit: "day" } }),
  returning: all({ kind: "number", field: "visits", test: atLeast(2) }, bought(last(60))),
  vip: all(bought({ in: "last", n: 12, unit: "month" }, { of: "count", test: atLeast(12) })),
  due: all({ kind: "day", field: "due", test: { op: "next", days: 7 } }),
  sleeping_30: sleeping(30, 60),
  sleeping_60: sleeping(60, 90),
  sleeping_90: sleeping(90, 180),
  lost: sleeping(180, null),
  birthday: all({ kind: "day", field: "birthday", test: { op: "anniversary", days: 7 } }),
  anniversary: all({ kind: "day", field: "first_visit", test: { op: "anniversary", days: 7 } }),
  burning: all({ kind: "expiring", days: 14, test: atLeast(100) }),
  ambassadors: all({ kind: "number", field: "invited_bought", test: atLeast(2) }),
};

/** The rule of a ready-made group. */
export const readyRule = (id: Ready): Rule => RULES[id];
