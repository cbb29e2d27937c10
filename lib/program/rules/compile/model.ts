import type { Day } from "../../../kernel/time";
import { type Condition, conditionsOf } from "../conditions/model";
import type { Goods, Hours, Rule } from "../model";

/** A rule ready to be asked. */
export type Ready = {
  readonly rule: Rule;
  /** Its place among all: the higher priority first, then the older. */
  readonly order: number;
  /** Its id as text. */
  readonly key: string;
  readonly hasLimits: boolean;
  /** Its goods, where a bill is not led to it by them: brought, or for all but some. Beside it, so that asking stays in one place. */
  readonly looked: Goods | null;
  readonly conditions: readonly Condition[];
};

/** The rules whose dates hold on a day: `has` by their place among all; `first` are some of them in their order. */
export type Live = { readonly has: Uint8Array; readonly first: readonly Ready[] };

/**
 * Where the rules of a version lie, each under the one thing it asks for that the fewest bills have. A bill is led to the rules
 * under what it has; every other rule misses at least that. Rules for all but some goods lie by what else they ask.
 */
export type Index = {
  /** Brought by a code or an entitlement. */
  readonly held: ReadonlyMap<bigint, readonly Ready[]>;
  readonly items: ReadonlyMap<number, readonly Ready[]>;
  readonly categories: ReadonlyMap<string, readonly Ready[]>;
  readonly segments: ReadonlyMap<number, readonly Ready[]>;
  readonly tags: ReadonlyMap<number, readonly Ready[]>;
  readonly locations: ReadonlyMap<number, readonly Ready[]>;
  readonly tiers: ReadonlyMap<string, readonly Ready[]>;
  readonly weekdays: ReadonlyMap<number, readonly Ready[]>;
  /** Those that any bill may be for. */
  readonly open: readonly Ready[];
};

/** All rules of one version of a programme, in order, with an index. */
export type Compiled = {
  readonly all: readonly Ready[];
  readonly index: Index;
  /** What a caller must find out before asking; nothing else is looked up for a purchase. */
  readonly needs: {
    readonly categories: boolean;
    readonly locations: boolean;
    readonly uses: boolean;
    readonly budgets: readonly bigint[];
  };
  readonly segments: ReadonlySet<number>;
  readonly tags: ReadonlySet<number>;
  /** Rules whose dates hold on a day; kept for the day last asked. */
  readonly on: (day: Day) => Live;
};

/** Explanations name rules that were near among so many that a bill did not lead to. */
const FIRST_MAX = 200;

/** The order of rules wherever one goes before another: priority, then the older. */
export const inOrder = (a: Rule, b: Rule): number =>
  b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Prepares rules for the evaluator, once for each version. Rules that are switched off are left out. */
export function compile(rules: readonly Rule[]): Compiled {
  const all = rules
    .filter(({ isOn }) => isOn)
    .toSorted(inOrder)
    .map((rule, order): Ready => {
      const hasLimits = Object.values(rule.caps).some((cap) => cap !== null);
      const { goods, isHeld } = rule.when;
      const looked = goods && (goods.isExcept || isHeld) ? goods : null;
      return { rule, order, key: rule.id.toString(), hasLimits, looked, conditions: conditionsOf(rule) };
    });
  const asks = all.map(({ rule }) => rule.when);
  return {
    all,
    index: indexOf(all),
    needs: {
      categories: asks.some(({ goods }) => goods !== null && goods.categories.length > 0),
      locations: asks.some(({ locations }) => locations !== null),
      uses: all.some(({ rule }) => hasMemory(rule)),
      budgets: all.flatMap(({ rule }) => (rule.caps.budget === null ? [] : [rule.id])),
    },
    segments: new Set(asks.flatMap(({ segments }) => (segments ?? []).map(Number))),
    tags: new Set(asks.flatMap(({ tags }) => (tags ?? []).map(Number))),
    on: byDay(all),
  };
}

/** Whether what it gave a member before decides what it gives now. */
export function hasMemory({ caps }: Pick<Rule, "caps">): boolean {
  const { perBill: _perBill, budget: _budget, ...remembered } = caps;
  return Object.values(remembered).some((cap) => cap !== null);
}

function indexOf(all: readonly Ready[]): Index {
  const held = new Map<bigint, Ready[]>();
  const items = new Map<number, Ready[]>();
  const categories = new Map<string, Ready[]>();
  const segments = new Map<number, Ready[]>();
  const tags = new Map<number, Ready[]>();
  const locations = new Map<number, Ready[]>();
  const tiers = new Map<string, Ready[]>();
  const weekdays = new Map<number, Ready[]>();
  const open: Ready[] = [];
  for (const ready of all) {
    const { when, id } = ready.rule;
    if (when.isHeld) put(held, [id], ready);
    else if (when.goods && !when.goods.isExcept) {
      put(items, when.goods.items.map(Number), ready);
      put(categories, when.goods.categories, ready);
    } else if (when.segments) put(segments, when.segments.map(Number), ready);
    else if (when.tags) put(tags, when.tags.map(Number), ready);
    else if (when.locations) put(locations, when.locations.map(Number), ready);
    else if (when.tiers) put(tiers, when.tiers, ready);
    else if (when.hours) put(weekdays, weekdaysOf(when.hours), ready);
    else open.push(ready);
  }
  return { held, items, categories, segments, tags, locations, tiers, weekdays, open };
}

function put<K>(map: Map<K, Ready[]>, keys: readonly K[], ready: Ready): void {
  for (const key of new Set(keys)) {
    const known = map.get(key);
    if (known) known.push(ready);
    else map.set(key, [ready]);
  }
}

/** The weekdays on which some hours may hold; what begins late ends on the next one. */
const weekdaysOf = (hours: readonly Hours[]) =>
  hours.flatMap(({ weekdays, from, to }) =>
    to > from ? weekdays : weekdays.flatMap((day) => [day, (day % 7) + 1]),
  );

function byDay(all: readonly Ready[]): Compiled["on"] {
  let kept: { day: Day; live: Live } | undefined;
  return (day) => {
    if (kept?.day !== day) {
      const has = Uint8Array.from(all, ({ rule }) => Number(isDay(rule, day)));
      const first: Ready[] = [];
      for (const ready of all) {
        if (first.length >= FIRST_MAX) break;
        if (has[ready.order] === 1) first.push(ready);
      }
      kept = { day, live: { has, first } };
    }
    return kept.live;
  };
}

function isDay({ when: { dates, yearly } }: Rule, day: Day): boolean {
  if (dates && ((dates.from !== null && day < dates.from) || (dates.to !== null && day > dates.to)))
    return false;
  if (!yearly) return true;
  const date = day.slice(5);
  return yearly.from <= yearly.to
    ? date >= yearly.from && date <= yearly.to
    : date >= yearly.from || date <= yearly.to;
}
