/** Chance that repeats itself: the same seed gives the same throws on every machine. */
export type Dice = {
  /** A number from 0 up to, never reaching, 1. */
  share(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the list, the likelier the heavier. */
  weighted<T>(list: readonly T[], weight: (each: T) => number): T;
  /** Around 1, never negative; two thirds of the throws lie within a factor of e^spread. */
  around(spread: number): number;
  /** Dice of its own for one thing, so that a change to one life leaves every other as it was. */
  fork(name: string | number): Dice;
};

/** Dice for a name. */
export function dice(name: string): Dice {
  const share = generator(seedOf(name));
  const whole = (from: number, to: number) => from + Math.floor(share() * (to - from + 1));
  return {
    share,
    whole,
    chance: (probability) => share() < probability,
    pick: (list) => at(list, whole(0, list.length - 1)),
    weighted: (list, weight) => {
      let left = share() * list.reduce((sum, each) => sum + weight(each), 0);
      return list.find((each) => (left -= weight(each)) < 0) ?? at(list, list.length - 1);
    },
    around: (spread) => {
      // Box and Muller's bell curve, bent so that half and double are equally likely.
      const bell = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
      return Math.exp(spread * bell);
    },
    fork: (child) => dice(`${name}/${child}`),
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

/** FNV-1a: spreads names that differ in one letter far apart. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32: small, quick, and good enough for haircuts. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
