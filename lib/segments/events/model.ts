/**
 * What members do, as rules count it: where each event is read in SQL, and how it is found in one member's loaded history. A
 * module above brings an event by one entry here.
 */
import { IMPORTED, type Topic } from "../fields/model";
import type { ChoiceProp } from "../rule/model";

/** One operation of a member's history; a purchase fully refunded is none. Amounts in hundredths, instants in milliseconds. */
export type Bill = {
  readonly at: number;
  readonly kind: "purchase" | "refund" | "grant";
  /** Of a purchase: less what was refunded of it. */
  readonly amount: number;
  readonly pointsSpent: number;
  readonly pointsEarned: number;
  readonly location: number | null;
  readonly staff: number | null;
  readonly source: string;
  readonly lines: readonly BillLine[];
};
export type BillLine = {
  readonly item: number | null;
  readonly category: string | null;
  readonly quantity: number;
  readonly amount: number;
};

/** One event as filters and measures see it; a whole bill is of all its lines' items and categories. */
export type Happening = {
  readonly at: number;
  readonly amount: number;
  readonly quantity: number;
  readonly item: readonly (number | null)[];
  readonly category: readonly (string | null)[];
  readonly location: number | null;
  readonly staff: number | null;
  readonly source: string;
};

function whole(bill: Bill, amount: number): Happening {
  const { at, location, staff, source, lines } = bill;
  const item = lines.map((line) => line.item);
  const category = lines.map((line) => line.category);
  return { at, amount, quantity: 0, item, category, location, staff, source };
}

function part(bill: Bill, line: BillLine): Happening {
  const { at, location, staff, source } = bill;
  const { amount, quantity, item, category } = line;
  return { at, amount, quantity, item: [item], category: [category], location, staff, source };
}

/** What members do. `o` is the operation, `l` its line, `t` the line's item. */
export type EventKind = {
  readonly id: string;
  readonly from: string;
  readonly where: string;
  readonly amount: string;
  readonly quantity: string | null;
  readonly props: readonly ChoiceProp[];
  readonly topic: Topic;
  /** The same event found in a member's loaded history. */
  readonly read: (bill: Bill) => readonly Happening[];
};

const OPERATION = "operation o";
const LINES = `operation o JOIN operation_line l ON l.business_id = o.business_id AND l.operation_id = o.id
  LEFT JOIN item t ON t.business_id = l.business_id AND t.id = l.item_id`;
/** What records an operation, as `operation.source` says it. */
export const SOURCES = ["uds", "desk", "card", "office", "job", IMPORTED] as const;
const WHERE_DONE = ["location", "staff", "weekday", "hour", "source"] as const;
const bill = { from: OPERATION, quantity: null } as const;

export const EVENTS: readonly EventKind[] = [
  {
    id: "purchase",
    ...bill,
    where: "o.kind = 'purchase' AND o.state = 'normal'",
    amount: "(o.total_minor - o.refunded_minor)",
    props: ["item", "category", ...WHERE_DONE],
    topic: "purchases",
    read: (one) => (one.kind === "purchase" ? [whole(one, one.amount)] : []),
  },
  {
    id: "item",
    from: LINES,
    where: "o.kind = 'purchase' AND o.state = 'normal'",
    amount: "l.amount_minor",
    quantity: "l.quantity",
    props: ["item", "category", ...WHERE_DONE],
    topic: "purchases",
    read: (one) => (one.kind === "purchase" ? one.lines.map((line) => part(one, line)) : []),
  },
  {
    id: "paid_points",
    ...bill,
    where: "o.kind = 'purchase' AND o.state = 'normal' AND o.points_spent > 0",
    amount: "o.points_spent",
    props: WHERE_DONE,
    topic: "purchases",
    read: (one) => (one.kind === "purchase" && one.pointsSpent > 0 ? [whole(one, one.pointsSpent)] : []),
  },
  {
    id: "given_points",
    ...bill,
    where: "o.kind = 'grant' AND o.points_earned > 0",
    amount: "o.points_earned",
    props: WHERE_DONE,
    topic: "points",
    read: (one) => (one.kind === "grant" && one.pointsEarned > 0 ? [whole(one, one.pointsEarned)] : []),
  },
  {
    id: "refund",
    ...bill,
    where: "o.kind = 'refund'",
    amount: "o.total_minor",
    props: WHERE_DONE,
    topic: "purchases",
    read: (one) => (one.kind === "refund" ? [whole(one, one.amount)] : []),
  },
];

const eventById = new Map(EVENTS.map((event) => [event.id, event]));
export const eventOf = (id: string): EventKind | undefined => eventById.get(id);
