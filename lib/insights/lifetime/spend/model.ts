import { lgamma } from "../special/model";

/**
 * What customers pay for a purchase: Gamma-Gamma (Fader and Hardie, 2013). Amounts vary around a customer's own average, averages around the
 * business's.
 *
 * Units: amounts in one unit throughout.
 */
export type SpendModel = { readonly p: number; readonly q: number; readonly gamma: number };

/** How many purchases were seen and what they were on average. */
export type Spend = { readonly count: number; readonly mean: number };

/** The log-likelihood of averages under a model; those of nothing (zero, or no purchase) say nothing. */
export function spendLogLikelihood({ p, q, gamma }: SpendModel, spends: readonly Spend[]): number {
  const base = q * Math.log(gamma) - lgamma(q);
  const ofCount = new Map<number, number>();
  let sum = 0;
  for (const { count, mean } of spends) {
    let fixed = ofCount.get(count);
    if (fixed === undefined) {
      fixed = base + lgamma(p * count + q) - lgamma(p * count) + p * count * Math.log(count);
      ofCount.set(count, fixed);
    }
    sum += fixed + (p * count - 1) * Math.log(mean) - (p * count + q) * Math.log(gamma + mean * count);
  }
  return sum;
}

/** What the next purchases of a customer will be on average: between their own average and the business's, nearer to their own the more was seen. */
export function expectedSpend({ p, q, gamma }: SpendModel, { count, mean }: Spend): number {
  return ((gamma + mean * count) * p) / (p * count + q - 1);
}

/** Those a likelihood can speak of. */
export const speaking = (spends: Iterable<Spend>): Spend[] =>
  Array.from(spends).filter(({ count, mean }) => count > 0 && mean > 0);
