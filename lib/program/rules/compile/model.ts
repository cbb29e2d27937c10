import type { Day } from "../../../kernel/time";
import type { Rule } from "../model";

/** A rule ready to be asked: lists as sets of plain numbers (ids lie below 2^53). */
export type Ready = {
  readonly rule: Rule;
  /** Its place among all: the higher priority first, then the older. */
  readonly order: number;
  readonly locations: ReadonlySet<number> | null;
  readonly tiers: ReadonlySet<string> | null;
  readonly segments: ReadonlySet<number> | null;
  readonly tags: ReadonlySet<number> | null;
};

/** The rules whose dates hold: all of them, and those that no goods on a bill lead to. */
export type Live = {
  readonly all: readonly Ready[];
  readonly loose: readonly Ready[];
  readonly has: ReadonlySet<Ready>;
};

/** All rules of one version of a programme, in order, with an index by goods. */
export type Compiled = {
  readonly all: readonly Ready[];
  readonly byItem: ReadonlyMap<number, readonly Ready[]>;
  readonly byCategory: ReadonlyMap<string, readonly Ready[]>;
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

const numbers = (ids: readonly bigint[] | null) => (ids ? new Set(ids.map(Number)) : null);

/** The order of rules wherever one goes before another: priority, then the older. */
export const inOrder = (a: Rule, b: Rule): number =>
  b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Prepares rules for the evaluator, once for each version. Rules that are switched off are left out. */
export function compile(rules: readonly Rule[]): Compiled {
  const all = rules
    .filter(({ isOn }) => isOn)
    .toSorted(inOrder)
    .map((rule, order): Ready => {
      const { locations, tiers, segments, tags } = rule.when;
      return {
        rule,
        order,
        locations: numbers(locations),
        tiers: tiers && new Set(tiers),
        segments: numbers(segments),
        tags: numbers(tags),
      };
    });
  const byItem = new Map<number, Ready[]>();
  const byCategory = new Map<string, Ready[]>();
  for (const ready of all) {
    for (const item of ready.rule.when.goods?.items ?? []) put(byItem, Number(item), ready);
    for (const category of ready.rule.when.goods?.categories ?? []) put(byCategory, category, ready);
  }
  return {
    all,
    byItem,
    byCategory,
    needs: {
      categories: byCategory.size > 0,
      locations: all.some(({ locations }) => locations !== null),
      uses: all.some(({ rule }) => hasMemory(rule)),
      budgets: all.flatMap(({ rule }) => (rule.caps.budget === null ? [] : [rule.id])),
    },
    segments: union(all.map(({ segments }) => segments)),
    tags: union(all.map(({ tags }) => tags)),
    on: byDay(all),
  };
}

/** Whether what it gave a member before decides what it gives now. */
export function hasMemory({ caps }: Pick<Rule, "caps">): boolean {
  const { perBill: _perBill, budget: _budget, ...remembered } = caps;
  return Object.values(remembered).some((cap) => cap !== null);
}

function put<K>(map: Map<K, Ready[]>, key: K, ready: Ready): void {
  const known = map.get(key);
  if (known?.at(-1) === ready) return;
  if (known) known.push(ready);
  else map.set(key, [ready]);
}

function union(sets: readonly (ReadonlySet<number> | null)[]): Set<number> {
  const all = new Set<number>();
  for (const set of sets) for (const id of set ?? []) all.add(id);
  return all;
}

function byDay(all: readonly Ready[]): Compiled["on"] {
  let kept: { day: Day; live: Live } | undefined;
  return (day) => {
    if (kept?.day !== day) {
      const live = all.filter(({ rule }) => isDay(rule, day));
      const loose = live.filter(({ rule }) => !rule.when.goods || rule.when.goods.isExcept);
      kept = { day, live: { all: live, loose, has: new Set(live) } };
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
