/** Finds the lowest point of a function of a few numbers without its slopes (Nelder and Mead, 1965), and how sharp it is there. */

export type Minimum = {
  readonly at: readonly number[];
  readonly value: number;
  readonly evaluations: number;
  readonly converged: boolean;
};

type Corner = { at: number[]; value: number };

const TURNS_MAX = 600;

/**
 * Walks downhill from `start`; begins again where it ended until that gains nothing, since a flattened simplex stops early.
 *
 * Shape: `step` is how far the first corners lie apart in each direction; stops when values differ by less than `tolerance`.
 */
export function minimise(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-9 }: { step?: number; tolerance?: number } = {},
): Minimum {
  let best: Corner = { at: [...start], value: f(start) };
  let evaluations = 1;
  for (let round = 0; round < 4; round += 1) {
    const walked = descend(f, best, round === 0 ? step : step / 5, tolerance);
    evaluations += walked.evaluations;
    const gain = best.value - walked.best.value;
    best = walked.best;
    if (round > 0 && gain < tolerance * 10)
      return { ...best, evaluations, converged: Number.isFinite(best.value) };
  }
  return { ...best, evaluations, converged: false };
}

function descend(f: (at: readonly number[]) => number, start: Corner, step: number, tolerance: number) {
  const n = start.at.length;
  let evaluations = 0;
  const corner = (at: number[]): Corner => {
    evaluations += 1;
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const corners = [start];
  for (let i = 0; i < n; i += 1)
    corners.push(corner(start.at.map((value, j) => (i === j ? value + step : value))));
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [corners[0], corners[n], corners[n - 1]];
    if (!best || !worst || !second) break;
    if (worst.value - best.value < tolerance && width(corners) < 1e-5) break;
    const centre = best.at.map(
      (_, j) => corners.slice(0, n).reduce((sum, each) => sum + (each.at[j] ?? 0), 0) / n,
    );
    const beyond = (by: number) =>
      corner(centre.map((value, j) => value + by * (value - (worst.at[j] ?? 0))));
    const reflected = beyond(1);
    if (reflected.value < best.value) {
      const expanded = beyond(2);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) corners[n] = reflected;
    else {
      const contracted = reflected.value < worst.value ? beyond(0.5) : beyond(-0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) corners[n] = contracted;
      else for (let i = 1; i <= n; i += 1) corners[i] = corner(halfway(corners[i], best));
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return { best: corners[0] ?? start, evaluations };
}

const halfway = (one: Corner | undefined, best: Corner): number[] =>
  best.at.map((value, j) => (value + (one?.at[j] ?? value)) / 2);

function width(corners: readonly Corner[]): number {
  const [first] = corners;
  return Math.max(
    ...corners.flatMap(({ at }) => at.map((value, j) => Math.abs(value - (first?.at[j] ?? value)))),
  );
}

/**
 * Standard errors of the numbers at a minimum of a negative log-likelihood, from its curvature there; null where it is flat or
 * no minimum at all.
 */
export function standardErrors(
  f: (at: readonly number[]) => number,
  at: readonly number[],
): readonly number[] | null {
  const h = 1e-3;
  const moved = (i: number, by: number, j = 0, also = 0) =>
    f(at.map((value, k) => value + (k === i ? by : 0) + (k === j && also !== 0 ? also : 0)));
  const middle = f(at);
  const curvature = at.map((_, i) =>
    at.map((__, j) =>
      i === j
        ? (moved(i, h) - 2 * middle + moved(i, -h)) / h ** 2
        : (moved(i, h, j, h) - moved(i, h, j, -h) - moved(i, -h, j, h) + moved(i, -h, j, -h)) / (4 * h ** 2),
    ),
  );
  const variance = diagonalOfInverse(curvature);
  return variance?.every((value) => value > 0) ? variance.map(Math.sqrt) : null;
}

/** Gauss and Jordan, with the larger pivot first; null for a matrix that cannot be inverted. */
function diagonalOfInverse(matrix: readonly (readonly number[])[]): number[] | null {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i += 1) {
    const pivot = rows
      .slice(i)
      .reduce((best, row) => (Math.abs(row[i] ?? 0) > Math.abs(best[i] ?? 0) ? row : best));
    const value = pivot[i] ?? 0;
    if (!(Math.abs(value) > 1e-12)) return null;
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    for (let j = 0; j < 2 * n; j += 1) pivot[j] = (pivot[j] ?? 0) / value;
    for (const row of rows) {
      const factor = row === pivot ? 0 : (row[i] ?? 0);
      if (factor !== 0) for (let j = 0; j < 2 * n; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => row[n + i] ?? 0);
}
