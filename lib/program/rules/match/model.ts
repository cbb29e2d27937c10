/** Which rules hold for a bill, and which were one condition away. */
import type { BillLine, Reason } from "../../model";
import type { Compiled, Index, Ready } from "../compile/model";
import { type Asked, missingOf } from "../conditions/model";
import { type Goods, MISSED_REASONS, type MissedCode } from "../model";

export type Facts = {
  readonly asked: Asked;
  readonly lines: readonly BillLine[];
  /** Rules the member brings. */
  readonly held: readonly bigint[];
};

/** A rule that holds, with the places of its goods on the bill. */
export type Match = { readonly ready: Ready; readonly lines: readonly number[] };

/** Explanations of what did not happen are a list to read, not a catalogue. */
export const MISSED_MAX = 20;

/** Near misses, kept apart by kind so that the kinds people can do something about come first. */
export class Misses {
  private readonly kinds = new Map<MissedCode, Reason[]>();

  add(code: MissedCode, ready: Ready, values: Readonly<Record<string, string | number | null>> = {}): void {
    const known = this.kinds.get(code);
    if (!known) this.kinds.set(code, [{ ...named(code, ready), ...values }]);
    else if (known.length < MISSED_MAX) known.push({ ...named(code, ready), ...values });
  }

  /** Whether no more of a kind will be listed. */
  isFull(code: MissedCode): boolean {
    return (this.kinds.get(code)?.length ?? 0) >= MISSED_MAX;
  }

  first(): Reason[] {
    return MISSED_REASONS.flatMap((code) => this.kinds.get(code) ?? []).slice(0, MISSED_MAX);
  }
}

/** The beginning of every reason a rule gives. */
export const named = (code: Reason["code"], { rule, key }: Ready): Reason => ({
  code,
  rule: rule.name,
  ruleId: key,
});

/** The places of goods for each rule by its own place among all; nothing where the bill does not lead to it. */
type Places = (number[] | undefined)[];

/**
 * Asks the rules of the day that the bill leads to: of ten thousand most are for goods, places or people that are not here. Of the
 * others only the first few are looked at, to say what they were missing.
 */
export function match({ all, index, on }: Compiled, facts: Facts, misses: Misses): Match[] {
  const { asked, lines } = facts;
  const live = on(asked.clock.day);
  const places = placesIn(all.length, index, facts);
  const matches: Match[] = [];
  for (let order = 0; order < all.length; order += 1) {
    const led = places[order];
    if (!led || live.has[order] === 0) continue;
    const ready = all[order];
    if (!ready) continue;
    const mine = ready.looked ? goodsAmong(ready.looked, lines) : led;
    const missed = missedBy(ready, asked, mine.length === 0);
    if (missed === undefined) matches.push({ ready, lines: mine });
    else tell(ready, missed, asked, misses);
  }
  for (const ready of live.first) {
    const { goods, isHeld } = ready.rule.when;
    if (places[ready.order] || isHeld) continue;
    const isBare = ready.looked ? goodsAmong(ready.looked, lines).length === 0 : goods !== null;
    const missed = missedBy(ready, asked, isBare);
    if (missed) tell(ready, missed, asked, misses);
  }
  return matches;
}

function tell(ready: Ready, missed: MissedCode | "several", asked: Asked, misses: Misses): void {
  if (missed === "several" || misses.isFull(missed)) return;
  misses.add(missed, ready, missingOf(missed, ready.rule.when, asked));
}

/** The rules that lie under what the bill has. */
function placesIn(rules: number, index: Index, { asked, lines, held }: Facts): Places {
  const places = Array<number[] | undefined>(rules);
  const everything = lines.map((_, no) => no);
  const lead = (found: readonly Ready[] = []) => {
    for (const { order } of found) places[order] = everything;
  };
  for (const [no, { itemId, category }] of lines.entries()) {
    if (itemId !== null) note(places, index.items.get(Number(itemId)), no);
    if (category !== null) note(places, index.categories.get(category), no);
  }
  for (const id of held) lead(index.held.get(id));
  for (const id of asked.segments) lead(index.segments.get(id));
  for (const id of asked.tags) lead(index.tags.get(id));
  lead(index.locations.get(asked.locationId));
  lead(index.tiers.get(asked.tierId));
  lead(index.weekdays.get(asked.clock.weekday));
  lead(index.open);
  return places;
}

function note(places: Places, found: readonly Ready[] = [], no: number): void {
  for (const { order } of found) {
    const known = places[order];
    if (!known) places[order] = [no];
    else if (known.at(-1) !== no) known.push(no);
  }
}

/** The places of a rule's goods, looked for line by line. */
const goodsAmong = ({ items, categories, isExcept }: Goods, lines: readonly BillLine[]): number[] =>
  lines.flatMap(({ itemId, category }, no) => {
    const isOf =
      (itemId !== null && items.includes(itemId)) || (category !== null && categories.includes(category));
    return isOf === isExcept ? [] : [no];
  });

/** The one condition that does not hold; nothing when all do. */
function missedBy(
  { conditions }: Ready,
  asked: Asked,
  isWithoutGoods: boolean,
): MissedCode | "several" | undefined {
  let missed: MissedCode | undefined = isWithoutGoods ? "missed_goods" : undefined;
  for (const { code, holds } of conditions) {
    if (holds(asked)) continue;
    if (missed !== undefined) return "several";
    missed = code;
  }
  return missed;
}
