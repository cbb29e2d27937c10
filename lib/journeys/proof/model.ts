/**
 * Did it bring anything: those who were reached against the control group, with an interval and a plain verdict.
 *
 * Sources: Welch (1947) for means; Newcombe (1998), method 10, for differences of shares; Deng, Xu, Kohavi and Walker (2013) for
 * CUPED; Fabijan et al. (2019) for the sample-ratio check and its strict level.
 */
import { assert } from "../../kernel/refusals";
import { wilson } from "../../kernel/wilson";

/** Sums over the people of one arm: y what they did after, x the same before they entered. Units: as given; never negative n. */
export type Sums = {
  readonly n: number;
  readonly y: number;
  readonly yy: number;
  readonly x: number;
  readonly xx: number;
  readonly xy: number;
};

/** Treated less control, for one person. Units: as the sums, or a share of 1. */
export type Contrast = {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly error: number;
  readonly p: number;
  /** How much of the spread what people did before explains, when it was used. */
  readonly explained: number;
};

const LEVEL = 0.05;
const POWER = 0.8;
/** A ratio this unlikely by chance means that something dealt wrongly. */
const RATIO_LEVEL = 0.001;
/** Below this nobody should read anything into a number. */
export const LEAST_PER_ARM = 30;
/** History explains too little below this to be worth an adjusted figure. */
const EXPLAINED_MIN = 0.02;

/** The chance that a standard normal falls below z, to about 1e-14: a series near zero, a continued fraction far out. */
export function normalBelow(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

function erfc(x: number): number {
  const a = Math.abs(x);
  if (a < 2.5) {
    let term = a;
    let sum = a;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    const erf = (2 / Math.sqrt(Math.PI)) * sum;
    return x < 0 ? 1 + erf : 1 - erf;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n -= 1) fraction = n / 2 / (a + fraction);
  const tail = Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction);
  return x < 0 ? 2 - tail : tail;
}

/** The z below which a standard normal falls with chance p, by bisection. */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, "a chance lies between 0 and 1");
  let [low, high] = [-10, 10];
  for (let step = 0; step < 70; step += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const Z = normalQuantile(1 - LEVEL / 2);
const Z_POWER = normalQuantile(POWER);

/** Student's t from z: Hill's expansion to the fourth order; exact enough from five degrees on. */
function studentFrom(z: number, df: number): number {
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3;
}

const NOTHING: Contrast = { difference: 0, low: 0, high: 0, error: 0, p: 1, explained: 0 };

/** The difference of two shares: how many of how many. */
export function shares(treated: Count, control: Count): Contrast {
  if (treated.n === 0 || control.n === 0) return NOTHING;
  const [a, b] = [treated.x / treated.n, control.x / control.n];
  const [wa, wb] = [wilson(a, treated.n, Z), wilson(b, control.n, Z)];
  const difference = a - b;
  const error = Math.sqrt((a * (1 - a)) / treated.n + (b * (1 - b)) / control.n);
  const pooled = (treated.x + control.x) / (treated.n + control.n);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / treated.n + 1 / control.n));
  return {
    difference,
    low: difference - Math.hypot(a - wa.low, wb.high - b),
    high: difference + Math.hypot(wa.high - a, b - wb.low),
    error,
    p: pooledError === 0 ? 1 : 2 * normalBelow(-Math.abs(difference) / pooledError),
    explained: 0,
  };
}

export type Count = { readonly n: number; readonly x: number };

const variance = (n: number, sum: number, squares: number) =>
  n < 2 ? 0 : Math.max(0, (squares - sum ** 2 / n) / (n - 1));

/** The difference of two means; with what people did before taken out where that explains enough of it. */
export function means(treated: Sums, control: Sums): Contrast {
  if (treated.n < 2 || control.n < 2) return NOTHING;
  const { theta, explained } = historyOf(treated, control);
  const adjusted = (arm: Sums) => {
    const sum = arm.y - theta * arm.x;
    const squares = arm.yy - 2 * theta * arm.xy + theta ** 2 * arm.xx;
    return { n: arm.n, mean: sum / arm.n, spread: variance(arm.n, sum, squares) / arm.n };
  };
  const [a, b] = [adjusted(treated), adjusted(control)];
  const difference = a.mean - b.mean;
  const error = Math.sqrt(a.spread + b.spread);
  if (error === 0) return { ...NOTHING, difference, low: difference, high: difference, explained };
  const df = (a.spread + b.spread) ** 2 / (a.spread ** 2 / (a.n - 1) + b.spread ** 2 / (b.n - 1));
  const half = studentFrom(Z, df) * error;
  const p = 2 * normalBelow(-Math.abs(difference) / error);
  return { difference, low: difference - half, high: difference + half, error, p, explained };
}

/** CUPED's theta, pooled within the arms so that an effect does not leak into it. */
function historyOf(a: Sums, b: Sums): { theta: number; explained: number } {
  const within = (n: number, one: number, other: number, product: number) =>
    n < 2 ? 0 : product - (one * other) / n;
  const xx = within(a.n, a.x, a.x, a.xx) + within(b.n, b.x, b.x, b.xx);
  const yy = within(a.n, a.y, a.y, a.yy) + within(b.n, b.y, b.y, b.yy);
  const xy = within(a.n, a.x, a.y, a.xy) + within(b.n, b.x, b.y, b.xy);
  const explained = xx > 0 && yy > 0 ? xy ** 2 / (xx * yy) : 0;
  return explained >= EXPLAINED_MIN ? { theta: xy / xx, explained } : { theta: 0, explained: 0 };
}

/** The chance of arms as uneven as these when they were dealt as meant. */
export function ratioChance(treatedN: number, controlN: number, controlBps: number): number {
  const all = treatedN + controlN;
  const share = controlBps / 10_000;
  if (all === 0 || share <= 0 || share >= 1) return 1;
  const z = (controlN - all * share) / Math.sqrt(all * share * (1 - share));
  return 2 * normalBelow(-Math.abs(z));
}

export const isRatioOff = (chance: number): boolean => chance < RATIO_LEVEL;

export type Verdict =
  | { readonly code: "no_control" | "too_few" | "ratio_off" }
  | { readonly code: "more" | "less" }
  /** `people`: about so many more, in both arms together, if the difference stays; nothing when beyond reach. */
  | { readonly code: "nothing_yet"; readonly people: number | null };

const PEOPLE_FACTOR_MAX = 200;

/** What may honestly be said of a contrast. */
export function verdict(treatedN: number, controlN: number, controlBps: number, contrast: Contrast): Verdict {
  if (controlBps === 0) return { code: "no_control" };
  if (isRatioOff(ratioChance(treatedN, controlN, controlBps))) return { code: "ratio_off" };
  if (treatedN < LEAST_PER_ARM || controlN < LEAST_PER_ARM) return { code: "too_few" };
  if (contrast.low > 0) return { code: "more" };
  if (contrast.high < 0) return { code: "less" };
  return { code: "nothing_yet", people: morePeople(treatedN + controlN, contrast) };
}

/** How many more people would show a difference as large as this one four times out of five. */
export function morePeople(n: number, { difference, error }: Contrast): number | null {
  if (difference === 0 || error === 0) return null;
  const factor = ((Z + Z_POWER) * (error / Math.abs(difference))) ** 2;
  if (factor > PEOPLE_FACTOR_MAX) return null;
  return Math.max(1, Math.ceil(n * factor - n));
}

/** What all who were treated brought beyond what they would have brought anyway. */
export function incremental(
  treatedN: number,
  contrast: Contrast,
): { amount: number; low: number; high: number } {
  return {
    amount: treatedN * contrast.difference,
    low: treatedN * contrast.low,
    high: treatedN * contrast.high,
  };
}

export type Arm = { readonly id: string; readonly n: number; readonly x: number };

/**
 * The arm that won an experiment by its rule: once every arm has enough people, the best one if it is surely better than each
 * other (with as many comparisons allowed for), else none yet; `decideAnyway` takes the best as it stands.
 */
export function winnerOf(
  arms: readonly Arm[],
  leastPerArm: number,
  decideAnyway: boolean,
): string | undefined {
  const ranked = arms.toSorted((a, b) => rateOf(b) - rateOf(a));
  const [best, ...others] = ranked;
  if (!best || others.length === 0 || arms.some((arm) => arm.n < leastPerArm)) return undefined;
  const surely = others.every((other) => shares(best, other).p < LEVEL / others.length);
  return surely || decideAnyway ? best.id : undefined;
}

const rateOf = (arm: Arm) => (arm.n === 0 ? 0 : arm.x / arm.n);
