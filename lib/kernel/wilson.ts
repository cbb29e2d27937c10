/** What lies within so many deviations of the normal's middle is 95 % of everything. */
export const Z95 = 1.959963984540054;

/** A share seen among n, as an interval for the true one: by `z`, in 95 of 100 cases for `Z95`. Source: Wilson (1927). */
export function wilson(share: number, n: number, z: number): { low: number; high: number } {
  const whole = 1 + z ** 2 / n;
  const middle = (share + z ** 2 / (2 * n)) / whole;
  const half = (z / whole) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { low: middle - half, high: middle + half };
}
