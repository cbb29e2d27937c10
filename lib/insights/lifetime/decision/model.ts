import { type Counted, type CountModel, expectedTotal } from "../counts/model";
import { type Fit, fitCounts, fitSpend } from "../fit/model";
import { expectedSpend, type Spend, type SpendModel, speaking } from "../spend/model";

/** With less than this a model would only repeat what is usual elsewhere; then Kolo says so instead. */
export const NEEDED = { customers: 30, repeaters: 15, repeats: 40, days: 60 } as const;
export type Seen = { readonly [What in keyof typeof NEEDED]: number };

/** By how much of itself a model may miss the purchases it was made from. Those of few customers scatter more than that by themselves. */
const CALIBRATION_OFF_MAX = 0.1;
const SCATTER = 1.2;
/** Two more numbers must explain at least this much more (Akaike), else nobody was seen to leave. */
const GAIN_MIN = 2;
const SPENDERS_MIN = 15;
/** Where amounts carry no model, the business's average counts like so many purchases of one's own. */
const AVERAGE_WEIGHT = 2;

/** What purchases are worth: by Gamma-Gamma, or between own and common average where that does not hold. */
export type Worth =
  | ({ readonly kind: "gamma" } & SpendModel)
  | { readonly kind: "average"; readonly mean: number };

/** What members are scored with. */
export type Model = { readonly counts: CountModel; readonly worth: Worth };

export type Fits = {
  readonly nbd: Fit<CountModel>;
  readonly bg: Fit<CountModel>;
  readonly mbg: Fit<CountModel>;
  readonly spend: Fit<SpendModel> | null;
};

/**
 * Whether there is a model to score with, which, and why.
 *
 * Shape: `fallback` says why it is NBD, which knows nothing of leaving: `ran_away` or `no_leaving`; null: it is MBG/NBD.
 */
export type Decision =
  | { readonly state: "too_little"; readonly seen: Seen }
  | {
      readonly state: "published" | "withheld";
      readonly seen: Seen;
      readonly model: Model;
      readonly fallback: "ran_away" | "no_leaving" | null;
      /** Repeat purchases the model has for the very customers it was fitted to, and theirs. */
      readonly calibration: { readonly expected: number; readonly actual: number };
      readonly fits: Fits;
    };

/** What there is to learn from. */
export function seenIn(histories: readonly Counted[]): Seen {
  const sum = (of: (kind: Counted) => number) => histories.reduce((all, kind) => all + of(kind) * kind.n, 0);
  return {
    customers: sum(() => 1),
    repeaters: sum(({ x }) => (x > 0 ? 1 : 0)),
    repeats: sum(({ x }) => x),
    days: histories.reduce((longest, { T }) => Math.max(longest, T), 0),
  };
}

/** Fits all models and says which, if any, may be shown. Units: time in days. */
export function decide(histories: readonly Counted[], spends: readonly Spend[]): Decision {
  const seen = seenIn(histories);
  const isEnough = Object.entries(NEEDED).every(([what, least]) => seen[what as keyof Seen] >= least);
  if (!isEnough) return { state: "too_little", seen };
  const speakers = speaking(spends);
  const fits: Fits = {
    nbd: fitCounts("nbd", histories),
    bg: fitCounts("bg", histories),
    mbg: fitCounts("mbg", histories),
    spend: speakers.length >= SPENDERS_MIN ? fitSpend(speakers) : null,
  };
  const gain = fits.mbg.logLikelihood - fits.nbd.logLikelihood;
  const fallback = !(gain >= GAIN_MIN) ? "no_leaving" : fits.mbg.ranAway ? "ran_away" : null;
  const chosen = fallback ? fits.nbd : fits.mbg;
  const calibration = { expected: expectedTotal(chosen.model, histories), actual: seen.repeats };
  const off = Math.abs(calibration.expected / calibration.actual - 1);
  const isOff = !(off <= Math.max(CALIBRATION_OFF_MAX, SCATTER / Math.sqrt(seen.customers)));
  return {
    state: isOff || chosen.ranAway ? "withheld" : "published",
    seen,
    model: { counts: chosen.model, worth: worthOf(fits.spend, speakers) },
    fallback,
    calibration,
    fits,
  };
}

function worthOf(fit: Fit<SpendModel> | null, spends: readonly Spend[]): Worth {
  if (fit && !fit.ranAway) return { kind: "gamma", ...fit.model };
  const count = spends.reduce((sum, each) => sum + each.count, 0);
  const total = spends.reduce((sum, each) => sum + each.count * each.mean, 0);
  return { kind: "average", mean: count > 0 ? total / count : 0 };
}

/** What a customer's next purchases will be on average. Units: as the spends the model was made from. */
export function worth(model: Worth, spend: Spend): number {
  if (model.kind === "gamma") return expectedSpend(model, spend);
  return (model.mean * AVERAGE_WEIGHT + spend.mean * spend.count) / (AVERAGE_WEIGHT + spend.count);
}
