/** What some members drawn by chance say about all. */
import { wilson, Z95 } from "../../../kernel/wilson";

export type Range = readonly [low: number, high: number];

/** `count` of `asked` members as a count of `total`, rounded to what it can be trusted for. */
export function scaled(
  count: number,
  asked: number,
  total: number,
): { readonly count: number; readonly between: Range } {
  const { low, high } = wilson(count / asked, asked, Z95);
  const all = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * total);
  // Those found are there for certain, and those found missing are not.
  const between: Range = [Math.max(count, all(low)), Math.min(total - (asked - count), all(high))];
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, between[1] - between[0]))) - 1);
  const rounded = Math.round(((count / asked) * total) / step) * step;
  return { count: Math.min(between[1], Math.max(between[0], rounded)), between };
}
