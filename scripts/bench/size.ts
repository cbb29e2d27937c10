/** `--size <n>`: a smaller (or larger) run than the budget's. */
export function sizeOr(usual: number): number {
  const at = process.argv.indexOf("--size");
  const asked = at < 0 ? Number.NaN : Number(process.argv[at + 1]);
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}
