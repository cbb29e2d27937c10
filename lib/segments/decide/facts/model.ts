/** What is loaded of one member to decide rules with, and the events found in it. */
import { dayOf, wallOf } from "../../../kernel/time";
import { type Bill, eventOf, type Happening } from "../../events/model";
import type { DistinctProp, Filter } from "../../rule/model";
import { passesNumber } from "../number/model";

export type Facts = {
  readonly memberId: number;
  /** By field; days as "YYYY-MM-DD", instants in milliseconds. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly sets: Readonly<Record<string, readonly (string | number)[]>>;
  /** Segments the member is in, with the instant of entering. */
  readonly segments: ReadonlyMap<number, number>;
  /** Points left that expire one day. */
  readonly lots: readonly { readonly expiresAt: number; readonly points: number }[];
  readonly bills: readonly Bill[];
};

/** The events of one kind in a member's history. */
export function happeningsOf(facts: Facts, event: string): Happening[] {
  const kind = eventOf(event);
  return kind === undefined ? [] : facts.bills.flatMap(kind.read);
}

/** Whether an event passes all filters. What it has no value for is in no list. */
export function fits(one: Happening, where: readonly Filter[], zone: string): boolean {
  return where.every((filter) => {
    if ("test" in filter) return passesNumber(filter.test, one[filter.prop]);
    const own = propsOf(one, filter.prop, zone);
    const isIn = own.some((value) => value !== null && filter.values.includes(value));
    return isIn === (filter.op === "in");
  });
}

/** The values an event has for a property, in the business's zone. */
export function propsOf(
  one: Happening,
  prop: Exclude<Filter["prop"], "amount" | "quantity"> | DistinctProp,
  zone: string,
): readonly (string | number | null)[] {
  switch (prop) {
    case "item":
      return one.item;
    case "category":
      return one.category;
    case "weekday":
      return [wallOf(new Date(one.at), zone).weekday];
    case "hour":
      return [wallOf(new Date(one.at), zone).hour];
    case "day":
      return [dayOf(new Date(one.at), zone)];
    case "location":
    case "staff":
    case "source":
      return [one[prop]];
  }
}
