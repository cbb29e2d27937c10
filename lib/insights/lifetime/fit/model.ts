import { type Counted, type CountKind, type CountModel, logLikelihood } from "../counts/model";
import { minimise, standardErrors } from "../optimiser/model";
import { type Spend, type SpendModel, spendLogLikelihood } from "../spend/model";

/** A model with how well it fits and how surely its numbers are known. */
export type Fit<Model> = {
  readonly model: Model;
  readonly logLikelihood: number;
  readonly customers: number;
  /** Purchases the likelihood speaks of. */
  readonly purchases: number;
  /** 95 % of the numbers in their order in the model; null where the likelihood is too flat to say. */
  readonly bounds: Readonly<Record<string, readonly [number, number]>> | null;
  /** Whether a number went to the edge of what is allowed, or no lowest point was found: not to be trusted. */
  readonly ranAway: boolean;
};

/** No number may leave this: beyond it a model says the same with ever larger figures. */
const LOW = 1e-4;
const HIGH = 1e4;
/** A Gamma-Gamma with q at or below one has no average. */
const Q_LOW = 1.02;
const NEAR_EDGE = 1.05;

/** From so many customers on the data speaks alone; below, what is usual elsewhere has a say that grows as they are fewer. */
export const OWN_VOICE_CUSTOMERS = 1_000;

/** What is usual, as logarithms with spread: shapes of published fits of shops and services, in no unit of time. */
const USUAL = {
  r: [Math.log(1), 1],
  meanLeaving: [Math.log(0.15), 0.8],
  leavingWeight: [Math.log(3), 1],
  p: [Math.log(4), 1],
  qAbove1: [Math.log(3), 1],
} as const;

const unusual = (value: number, [usual, spread]: readonly [number, number]) =>
  0.5 * ((Math.log(value) - usual) / spread) ** 2;

/** How loudly the usual speaks beside so many customers: like one of them with none, not at all from a thousand on. */
const usualVoice = (customers: number) => Math.max(0, 1 - customers / OWN_VOICE_CUSTOMERS);

const inside = (values: readonly number[]) => values.every((value) => value >= LOW && value <= HIGH);
const atEdge = (value: number, low = LOW) => value < low * NEAR_EDGE || value > HIGH / NEAR_EDGE;

/** The most likely model of a kind for these histories. Bounded; a small business is drawn towards the usual. */
export function fitCounts(kind: CountKind, histories: readonly Counted[]): Fit<CountModel> {
  const customers = histories.reduce((sum, { n }) => sum + n, 0);
  const purchases = histories.reduce((sum, { x, n }) => sum + x * n, 0);
  const watched = histories.reduce((sum, { T, n }) => sum + T * n, 0);
  const rate = Math.max(purchases, 0.5) / Math.max(watched, LOW);
  const voice = usualVoice(customers);
  // Time is measured in average gaps, so that bounds and first steps mean the same for any unit.
  const scaled = histories.map(({ x, tx, T, n }) => ({ x, tx: tx * rate, T: T * rate, n }));
  const modelOf = (logs: readonly number[]): CountModel => {
    const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
    return kind === "nbd" ? { kind, r, alpha } : { kind, r, alpha, a, b };
  };
  const cost = (logs: readonly number[]): number => {
    if (!inside(logs.map(Math.exp))) return Number.POSITIVE_INFINITY;
    const model = modelOf(logs);
    return -logLikelihood(model, scaled) + (voice === 0 ? 0 : voice * unusualCounts(model));
  };
  const start = kind === "nbd" ? [0, 0] : [0, 0, Math.log(0.5), Math.log(2)];
  const found = minimise(cost, start);
  const { alpha, ...rest } = modelOf(found.at);
  const model = { ...rest, alpha: alpha / rate } as CountModel;
  const errors = standardErrors(cost, found.at);
  const names = kind === "nbd" ? ["r", "alpha"] : ["r", "alpha", "a", "b"];
  return {
    model,
    logLikelihood: logLikelihood(model, histories),
    customers,
    purchases,
    bounds:
      errors &&
      boundsOf(
        names,
        found.at.map((log, i) => (i === 1 ? log - Math.log(rate) : log)),
        errors,
      ),
    ranAway: !found.converged || found.at.some((log) => atEdge(Math.exp(log))),
  };
}

function unusualCounts(model: CountModel): number {
  const shape = unusual(model.r, USUAL.r) + unusual(model.r / model.alpha, [0, 1]);
  if (model.kind === "nbd") return shape;
  const { a, b } = model;
  return shape + unusual(a / (a + b), USUAL.meanLeaving) + unusual(a + b, USUAL.leavingWeight);
}

/** The most likely Gamma-Gamma for these averages. */
export function fitSpend(spends: readonly Spend[]): Fit<SpendModel> {
  const customers = spends.length;
  const mean = spends.reduce((sum, each) => sum + each.mean, 0) / Math.max(1, customers) || 1;
  const voice = usualVoice(customers);
  const scaled = spends.map((each) => ({ ...each, mean: each.mean / mean }));
  const modelOf = (logs: readonly number[]): SpendModel => {
    const [p = 1, q = 1, gamma = 1] = logs.map(Math.exp);
    return { p, q, gamma };
  };
  const cost = (logs: readonly number[]): number => {
    const model = modelOf(logs);
    const { p, q, gamma } = model;
    if (!inside([p, q, gamma]) || q < Q_LOW) return Number.POSITIVE_INFINITY;
    const average = (p * gamma) / (q - 1);
    const odd = unusual(p, USUAL.p) + unusual(q - 1, USUAL.qAbove1) + unusual(average, [0, 0.5]);
    return -spendLogLikelihood(model, scaled) + (voice === 0 ? 0 : voice * odd);
  };
  const found = minimise(cost, [Math.log(4), Math.log(4), Math.log(0.75)]);
  const { p, q, gamma } = modelOf(found.at);
  const model = { p, q, gamma: gamma * mean };
  const errors = standardErrors(cost, found.at);
  return {
    model,
    logLikelihood: spendLogLikelihood(model, spends),
    customers,
    purchases: spends.reduce((sum, { count }) => sum + count, 0),
    bounds:
      errors &&
      boundsOf(
        ["p", "q", "gamma"],
        found.at.map((log, i) => (i === 2 ? log + Math.log(mean) : log)),
        errors,
      ),
    ranAway: !found.converged || atEdge(p) || atEdge(q, Q_LOW) || atEdge(gamma),
  };
}

function boundsOf(names: readonly string[], logs: readonly number[], errors: readonly number[]) {
  return Object.fromEntries(
    names.map((name, i): [string, readonly [number, number]] => {
      const [log, error] = [logs[i] ?? 0, 1.96 * (errors[i] ?? 0)];
      return [name, [Math.exp(log - error), Math.exp(log + error)]];
    }),
  );
}
