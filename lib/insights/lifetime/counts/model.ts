import { lgamma, scaledHyp2f1 } from "../special/model";

/**
 * How often customers buy and whether they have left: NBD (nobody leaves), BG/NBD (Fader, Hardie and Lee, 2005: one may leave after
 * each repeat purchase) and MBG/NBD (Batislam, Denizel and Filiztekin, 2007: after the first one too).
 *
 * Units: time in one unit throughout, whichever it is; purchases of one day are one purchase.
 */
export type CountModel =
  | { readonly kind: "nbd"; readonly r: number; readonly alpha: number }
  | {
      readonly kind: "bg" | "mbg";
      readonly r: number;
      readonly alpha: number;
      readonly a: number;
      readonly b: number;
    };
export type CountKind = CountModel["kind"];

/** What a model needs of a customer: repeat purchases, when the last one was, and how long they were watched, both from the first purchase on. */
export type History = { readonly x: number; readonly tx: number; readonly T: number };
/** The same histories once, with how many customers have them. */
export type Counted = History & { readonly n: number };

/** Equal histories put together: a likelihood costs by kinds of customers, not by their number. */
export function counted(histories: Iterable<History>): Counted[] {
  const kinds = new Map<string, { x: number; tx: number; T: number; n: number }>();
  for (const { x, tx, T } of histories) {
    const key = `${x} ${tx} ${T}`;
    const known = kinds.get(key);
    if (known) known.n += 1;
    else kinds.set(key, { x, tx, T, n: 1 });
  }
  return [...kinds.values()];
}

/** The log-likelihood of all histories under a model. */
export function logLikelihood(model: CountModel, histories: readonly Counted[]): number {
  const { r, alpha } = model;
  const base = r * Math.log(alpha) - lgamma(r);
  const ofCount = new Map<number, { fixed: number; leaving: number }>();
  let sum = 0;
  for (const { x, tx, T, n } of histories) {
    let known = ofCount.get(x);
    if (!known) {
      known = { fixed: base + lgamma(r + x) + logStaying(model, x), leaving: leavingOdds(model, x) };
      ofCount.set(x, known);
    }
    const watched = Math.log(alpha + T);
    let one = known.fixed - (r + x) * watched;
    if (known.leaving > 0) {
      const log = Math.log(known.leaving) + (r + x) * (watched - Math.log(alpha + tx));
      // ln(1 + e^log), also where e^log is too large for a number.
      one += log > 30 ? log : Math.log1p(Math.exp(log));
    }
    sum += n * one;
  }
  return sum;
}

/** ln of the chance to have stayed through x chances to leave (one more in MBG/NBD, which has one at the first purchase). */
function logStaying(model: CountModel, x: number): number {
  if (model.kind === "nbd") return 0;
  const { a, b } = model;
  const chances = model.kind === "mbg" ? x + 1 : x;
  return lgamma(b + chances) - lgamma(b) + lgamma(a + b) - lgamma(a + b + chances);
}

/** The odds of having left at the very last purchase against having stayed, before time speaks. */
function leavingOdds(model: CountModel, x: number): number {
  if (model.kind === "nbd") return 0;
  if (model.kind === "mbg") return model.a / (model.b + x);
  return x > 0 ? model.a / (model.b + x - 1) : 0;
}

/** The probability that a customer has not left. */
export function probabilityAlive(model: CountModel, { x, tx, T }: History): number {
  const odds = leavingOdds(model, x);
  if (odds === 0) return 1;
  const grown = odds * ((model.alpha + T) / (model.alpha + tx)) ** (model.r + x);
  return 1 / (1 + grown);
}

/** Purchases expected in the first `t` of a customer nothing is known of yet, the first purchase not counted. */
export function expectedFrom0(model: CountModel, t: number): number {
  const { r, alpha } = model;
  if (model.kind === "nbd") return (r * t) / alpha;
  const { a, b } = model;
  return model.kind === "bg"
    ? whileStaying(r, alpha, a, b, t)
    : (b / (a + b)) * whileStaying(r, alpha, a, b + 1, t);
}

/** Purchases expected in the next `t` of a customer with this history. */
export function expectedNext(model: CountModel, history: History, t: number): number {
  const { x, T } = history;
  const { r, alpha } = model;
  if (model.kind === "nbd") return ((r + x) * t) / (alpha + T);
  const { a, b } = model;
  const stayed = model.kind === "bg" ? b + x : b + x + 1;
  return probabilityAlive(model, history) * whileStaying(r + x, alpha + T, a, stayed, t);
}

/** Where a = 1 the formula is 0 / 0; so close to it the value is the same to all digits that matter. */
const A_AWAY_FROM_1 = 1e-6;
/** Beyond this the fast series loses digits by taking away almost as much as it adds. */
const ALTERNATING_MAX = 15;

/**
 * Purchases in `t` of somebody alive who may leave after each: rate ~ Gamma(r, alpha), chance to leave ~ Beta(a, b).
 *
 * Shape: with z = t / (alpha + t) the published formula is (a + b - 1) / (a - 1) * (1 - (1 - z)^r 2F1(r, b; a + b - 1; z)); by Euler's
 * transformation the last product is (1 - z)^(a - 1) 2F1(a - 1, a + b - 1 - r; a + b - 1; z), which converges fast and never overflows.
 */
function whileStaying(r: number, alpha: number, a: number, b: number, t: number): number {
  if (t <= 0) return 0;
  const own = Math.abs(a - 1) < A_AWAY_FROM_1 ? 1 + A_AWAY_FROM_1 : a;
  const c = own + b - 1;
  const z = t / (alpha + t);
  const product =
    c - r > -ALTERNATING_MAX ? scaledHyp2f1(own - 1, c - r, c, z, own - 1) : scaledHyp2f1(r, b, c, z, r);
  return Math.max(0, (c / (own - 1)) * (1 - product));
}

/** Purchases of all customers together up to the end of their watch, as the model has them: to be held against what they did. */
export function expectedTotal(model: CountModel, histories: readonly Counted[]): number {
  const byWatch = new Map<number, number>();
  for (const { T, n } of histories) byWatch.set(T, (byWatch.get(T) ?? 0) + n);
  let sum = 0;
  for (const [T, n] of byWatch) sum += n * expectedFrom0(model, T);
  return sum;
}
