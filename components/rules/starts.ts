import { ALWAYS, NO_CAPS, type RuleBody } from "@/lib/program/model";

/** Rules to begin with. */
export const STARTS = [
  "happyHour",
  "category",
  "birthday",
  "firstOfMonth",
  "minimum",
  "excluded",
  "bands",
  "prepaid",
] as const;
export type Start = (typeof STARTS)[number];
export const isStart = (value: unknown): value is Start => STARTS.some((one) => one === value);

const PLAIN: Omit<RuleBody, "name" | "gives"> = {
  isOn: true,
  when: ALWAYS,
  group: null,
  priority: 0,
  caps: NO_CAPS,
  livesDays: null,
};

/** A rule nobody has said anything about. */
export const BLANK: RuleBody = { ...PLAIN, name: "", gives: { is: "times", bps: 20_000 } };

/** A starting point as a rule; goods it needs are left for the owner to name. */
export function startBody(start: Start, name: string): RuleBody {
  const made = { ...PLAIN, name };
  const goods = { items: [], categories: [], isExcept: false };
  switch (start) {
    case "happyHour":
      return {
        ...made,
        gives: { is: "times", bps: 20_000 },
        when: { ...ALWAYS, hours: [{ weekdays: [1, 2, 3, 4, 5], from: 840, to: 1_020 }] },
      };
    case "category":
      return { ...made, gives: { is: "times", bps: 20_000 }, when: { ...ALWAYS, goods } };
    case "birthday":
      return {
        ...made,
        gives: { is: "discount", bps: 1_000 },
        when: { ...ALWAYS, birthday: { before: 3, after: 3 } },
      };
    case "firstOfMonth":
      return {
        ...made,
        gives: { is: "points", points: 10_000n, per: "bill" },
        when: { ...ALWAYS, first: "month", minBillMinor: 50_000n },
      };
    case "minimum":
      return {
        ...made,
        gives: { is: "points", points: 15_000n, per: "bill" },
        when: { ...ALWAYS, minBillMinor: 200_000n },
      };
    case "excluded":
      return {
        ...made,
        gives: { is: "exclude", earning: true, paying: true, discounts: false },
        when: { ...ALWAYS, goods },
      };
    case "bands":
      return {
        ...made,
        gives: {
          is: "bands",
          bands: [
            { fromMinor: 1_000_000n, bps: 300 },
            { fromMinor: 3_000_000n, bps: 500 },
            { fromMinor: 10_000_000n, bps: 700 },
          ],
        },
      };
    case "prepaid":
      return { ...made, gives: { is: "extra", bps: 500 }, when: { ...ALWAYS, isPrepaid: true } };
  }
}
