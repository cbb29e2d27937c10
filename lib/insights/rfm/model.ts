/** How lately, how often and how much: three scores from 1 to 5, and the name of the place they make together. */

/** Names of the grid's places, the best first. */
export const CELLS = [
  "champions",
  "loyal",
  "promising",
  "new",
  "attention",
  "at_risk",
  "cant_lose",
  "hibernating",
  "lost",
] as const;
export type Cell = (typeof CELLS)[number];

/** By recency 5..1 from above, by the mean of frequency and money 1..5 from the left. */
export const GRID: readonly (readonly Cell[])[] = [
  ["new", "promising", "loyal", "champions", "champions"],
  ["new", "promising", "loyal", "champions", "champions"],
  ["attention", "attention", "attention", "loyal", "loyal"],
  ["hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"],
  ["lost", "lost", "at_risk", "cant_lose", "cant_lose"],
];

export type Score = 1 | 2 | 3 | 4 | 5;
export type Scores = { readonly recency: Score; readonly frequency: Score; readonly monetary: Score };

/** Four steps, ascending: recency in days since the last visit, frequency in visits, money in minor units. */
export type Steps = readonly [number, number, number, number];
export type Cutoffs = { readonly recency: Steps; readonly frequency: Steps; readonly monetary: Steps };

/** Fewer customers make no fifths worth the name. */
export const FIFTHS_CUSTOMERS_MIN = 20;

const above = (value: number, steps: Steps) => steps.filter((step) => value > step).length;

/** Scores against cut-offs: on a step one belongs to the side before it. */
export function scoresOf(
  seen: { readonly daysSince: number; readonly visits: number; readonly spentMinor: number },
  cutoffs: Cutoffs,
): Scores {
  return {
    recency: (5 - above(seen.daysSince, cutoffs.recency)) as Score,
    frequency: (1 + above(seen.visits, cutoffs.frequency)) as Score,
    monetary: (1 + above(seen.spentMinor, cutoffs.monetary)) as Score,
  };
}

/** The column of the grid: frequency and money together. Who came once is in the first, however much they paid: one visit is no habit. */
export const columnOf = ({ frequency, monetary }: Scores, visits: number): Score =>
  (visits <= 1 ? 1 : Math.round((frequency + monetary) / 2)) as Score;

/** The name of the place the scores make. */
export const cellOf = (scores: Scores, visits: number): Cell =>
  GRID[5 - scores.recency]?.[columnOf(scores, visits) - 1] ?? "attention";
