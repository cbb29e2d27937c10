/** Random rules over a small world, so that members are about as often in as out. */
import fc from "fast-check";
import type {
  DayTest,
  EventQuery,
  Filter,
  Leaf,
  Measure,
  Node,
  NumberTest,
  Rule,
  Window,
} from "@/lib/segments/model";

export const ITEMS = [901, 902, 903] as const;
export const CATEGORIES = ["Hair", "Nails"] as const;
export const PLACES = [801, 802] as const;
export const STAFF = [701, 702] as const;
export const TAGS = [601, 602, 603] as const;
export const SEGMENTS = [501, 502] as const;
/** Fields a business made for itself, one of each kind. */
export const OWN = {
  text: "own_text_77",
  number: "own_number_78",
  day: "own_day_79",
  flag: "own_flag_80",
  choice: "own_choice_81",
} as const;
export const TIERS = ["base", "silver", "gold"] as const;

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const days = fc.constantFrom("2024-06-01", "2025-01-15", "2025-06-30", "2025-11-11", "2026-02-28");

export const numberTest = (max: number): fc.Arbitrary<NumberTest> =>
  fc.oneof(
    fc.record({ op: fc.constantFrom("at_least" as const, "at_most" as const), value: fc.nat(max) }),
    fc.record({ op: fc.constant("exactly" as const), value: fc.nat(Math.min(max, 5)) }),
    fc
      .tuple(fc.nat(max), fc.nat(max))
      .map(([a, b]) => ({ op: "between" as const, from: Math.min(a, b), to: Math.max(a, b) })),
  );

const known = fc.record({ op: fc.constantFrom("known" as const, "unknown" as const) });
const dayUnit = fc.constantFrom("day" as const, "week" as const, "month" as const, "year" as const);

export const dayTest: fc.Arbitrary<DayTest> = fc.oneof(
  fc.record({ op: fc.constantFrom("on_or_after" as const, "on_or_before" as const), day: days }),
  fc.tuple(days, days).map(([a, b]) => ({ op: "between" as const, from: a < b ? a : b, to: a < b ? b : a })),
  fc.record({
    op: fc.constantFrom("last" as const, "before" as const),
    n: fc.integer({ min: 1, max: 14 }),
    unit: dayUnit,
  }),
  fc.record({ op: fc.constant("next" as const), days: fc.nat(90) }),
  fc.record({ op: fc.constant("anniversary" as const), days: fc.nat(200) }),
  known,
);

const unit = fc.constantFrom(
  "minute" as const,
  "hour" as const,
  "day" as const,
  "week" as const,
  "month" as const,
  "year" as const,
);
export const window: fc.Arbitrary<Window> = fc.oneof(
  fc.constant({ in: "ever" as const }),
  fc.record({
    in: fc.constantFrom("last" as const, "before" as const),
    n: fc.integer({ min: 1, max: 20 }),
    unit,
  }),
  fc
    .record({ from: fc.integer({ min: 1, max: 9 }), more: fc.integer({ min: 1, max: 12 }), unit })
    .map(({ from, more, unit: of }) => ({ in: "ago" as const, from, to: from + more, unit: of })),
  fc.record({ from: fc.option(days), to: fc.option(days) }).map(({ from, to }) => ({
    in: "dates" as const,
    ...(from !== null && to !== null && from > to ? { from: to, to: from } : { from, to }),
  })),
);

const op = fc.constantFrom("in" as const, "not_in" as const);
const filterOf = (event: string): fc.Arbitrary<Filter> => {
  const everywhere: fc.Arbitrary<Filter>[] = [
    fc.record({ prop: fc.constant("location" as const), op, values: some(PLACES) }),
    fc.record({ prop: fc.constant("staff" as const), op, values: some(STAFF) }),
    fc.record({ prop: fc.constant("weekday" as const), op, values: some([1, 2, 3, 4, 5, 6, 7]) }),
    fc.record({ prop: fc.constant("hour" as const), op, values: some([0, 8, 9, 12, 15, 18, 21, 23]) }),
    fc.record({ prop: fc.constant("source" as const), op, values: some(["desk", "uds"]) }),
    fc.record({ prop: fc.constant("amount" as const), test: numberTest(60_000) }),
  ];
  const ofLines: fc.Arbitrary<Filter>[] = [
    fc.record({ prop: fc.constant("item" as const), op, values: some(ITEMS) }),
    fc.record({ prop: fc.constant("category" as const), op, values: some(CATEGORIES) }),
  ];
  const counted: fc.Arbitrary<Filter>[] = [
    fc.record({ prop: fc.constant("quantity" as const), test: numberTest(3) }),
  ];
  return fc.oneof(
    ...everywhere,
    ...(event === "purchase" || event === "item" ? ofLines : []),
    ...(event === "item" ? counted : []),
  );
};

const EVENTS = ["purchase", "item", "paid_points", "given_points", "refund"] as const;
const query: fc.Arbitrary<EventQuery> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constant("purchase") },
    { weight: 3, arbitrary: fc.constantFrom(...EVENTS) },
  )
  .chain((event) =>
    fc.record({ event: fc.constant(event), where: fc.array(filterOf(event), { maxLength: 2 }) }),
  );

const measure = (event: string): fc.Arbitrary<Measure> => {
  const prop =
    event === "item"
      ? fc.constantFrom("amount" as const, "quantity" as const)
      : fc.constant("amount" as const);
  const distinct =
    event === "item"
      ? fc.constantFrom("item" as const, "category" as const, "day" as const, "staff" as const)
      : fc.constantFrom("location" as const, "staff" as const, "day" as const);
  return fc.oneof(
    fc.record({ of: fc.constantFrom("did" as const, "did_not" as const) }),
    fc.record({ of: fc.constant("count" as const), test: numberTest(8) }),
    fc.record({ of: fc.constant("share" as const), test: numberTest(100) }),
    fc.record({
      of: fc.constantFrom("sum" as const, "average" as const, "min" as const, "max" as const),
      prop,
      test: numberTest(90_000),
    }),
    fc.record({ of: fc.constant("distinct" as const), prop: distinct, test: numberTest(4) }),
    fc.record({ of: fc.constantFrom("first" as const, "last" as const), test: dayTest }),
  );
};

const number = (field: string, max: number): fc.Arbitrary<Leaf> =>
  fc.record({
    kind: fc.constant("number" as const),
    field: fc.constant(field),
    test: fc.oneof(numberTest(max), known),
  });

export const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant("text" as const),
        field: fc.constantFrom("name", "email", "phone", OWN.text),
        test: fc.oneof(
          fc.record({
            op: fc.constantFrom("is" as const, "contains" as const, "starts" as const),
            value: fc.constantFrom("Олена", "ОЛ", "a", "+380"),
          }),
          known,
        ),
      }),
      number("age", 60),
      number("visits", 10),
      number("spent", 200_000),
      number("usual_bill", 40_000),
      number("points", 9_000),
      number("recency", 5),
      number("alive", 100),
      number("gap", 40),
      number("household_size", 4),
      number("household_spent", 300_000),
      number(OWN.number, 4),
      fc.record({
        kind: fc.constant("number" as const),
        field: fc.constant(OWN.number),
        test: fc.record({
          op: fc.constantFrom("at_least" as const, "exactly" as const),
          value: fc.constantFrom(-1.5, 0.1, 2.25),
        }),
      }),
      fc.record({
        kind: fc.constant("day" as const),
        field: fc.constantFrom(
          "birthday",
          "joined",
          "first_visit",
          "last_visit",
          "due",
          "household_last",
          OWN.day,
        ),
        test: dayTest,
      }),
      fc.record({
        kind: fc.constant("choice" as const),
        field: fc.constant("tier"),
        test: fc.record({ op, values: some(TIERS) }),
      }),
      fc.record({
        kind: fc.constant("choice" as const),
        field: fc.constantFrom("gender", "rfm"),
        test: fc.oneof(fc.record({ op, values: some(["female", "male", "loyal", "lost"]) }), known),
      }),
      fc.record({
        kind: fc.constant("choice" as const),
        field: fc.constant(OWN.choice),
        test: fc.oneof(fc.record({ op, values: some(["dry", "oily", "gone"]) }), known),
      }),
      fc.record({
        kind: fc.constant("set" as const),
        field: fc.constant("tags"),
        test: fc.record({
          op: fc.constantFrom("any" as const, "all" as const, "none" as const),
          values: some(TAGS),
        }),
      }),
      fc.record({
        kind: fc.constant("set" as const),
        field: fc.constant("consent"),
        test: fc.record({
          op: fc.constantFrom("any" as const, "all" as const, "none" as const),
          values: some(["marketing.email", "marketing.push"]),
        }),
      }),
      fc.record({
        kind: fc.constant("flag" as const),
        field: fc.constantFrom("blocked", "was_invited", OWN.flag),
        test: fc.record({ is: fc.boolean() }),
      }),
    ),
  },
  {
    weight: 5,
    arbitrary: query.chain((asked) =>
      fc.record({
        kind: fc.constant("event" as const),
        event: fc.constant(asked.event),
        where: fc.constant(asked.where),
        window,
        measure: measure(asked.event),
      }),
    ),
  },
  fc.record({
    kind: fc.constant("sequence" as const),
    first: query,
    op: fc.constantFrom("then" as const, "then_not" as const),
    next: query,
    days: fc.integer({ min: 1, max: 60 }),
    window,
  }),
  fc.record({
    kind: fc.constant("segment" as const),
    op,
    segment: fc.constantFrom(...SEGMENTS),
    forDays: fc.option(fc.integer({ min: 1, max: 200 })),
  }),
  fc.record({ kind: fc.constant("expiring" as const), days: fc.nat(120), test: numberTest(3_000) }),
  fc.record({
    kind: fc.constant("random" as const),
    percent: fc.integer({ min: 1, max: 100 }),
    salt: fc.nat(1_000_000),
  }),
);

/** A tree of up to four levels of groups. */
const { node } = fc.letrec<{ node: Node; group: Node }>((tie) => ({
  group: fc.record({
    kind: fc.constantFrom("all" as const, "any" as const, "none" as const),
    nodes: fc.array(tie("node"), { maxLength: 3 }),
  }),
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: tie("group") },
  ),
}));

export const rule: fc.Arbitrary<Rule> = fc
  .record({
    kind: fc.constantFrom("all" as const, "any" as const, "none" as const),
    nodes: fc.array(node, { minLength: 1, maxLength: 3 }),
  })
  .map((root) => ({ version: 1, root }));
