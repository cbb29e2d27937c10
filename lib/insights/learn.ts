import "server-only";
/** What a business's own history teaches: cut-offs, the usual gap, a model of coming back, and how that model would have done. */
import { type Day, daysBetween } from "../kernel/time";
import type { Tx } from "../platform/db";
import { decide } from "./lifetime/decision/model";
import {
  countedAt,
  type Holdout,
  historyAt,
  holdout,
  repeatSpends,
  type Visits,
} from "./lifetime/holdout/model";
import { type Cutoffs, FIFTHS_CUSTOMERS_MIN, type State } from "./model";
import type { Limits } from "./schema";
import * as store from "./state/store";

/** A model fitted to more customers says the same to three digits and takes longer. */
const SAMPLE = 5_000;
/** The last third of the history is held out, half a year at the most; a shorter history than four months has none to spare. */
const HOLDOUT_SHARE = 3;
const HOLDOUT_DAYS_MAX = 182;
const HISTORY_DAYS_MIN = 120;

export type Learnt = { readonly state: Omit<State, "version">; readonly holdout: Holdout | null };

const numberOf = (day: Day) => daysBetween("1970-01-01", day);

/** What is learnt from: read in one transaction, thought about outside it, because that takes seconds. */
export type Material = Awaited<ReturnType<typeof gather>>;

/** Reads fifths of everybody and the visits of a sample. */
export async function gather(tx: Tx, businessId: bigint, zone: string, asOf: Day) {
  const fifths = await store.fifths(tx, businessId, asOf);
  return { asOf, fifths, sample: await store.sampleVisits(tx, businessId, zone, SAMPLE) };
}

/** Learns from everybody for the cut-offs, from the sample for the model. */
export function learn({ asOf, fifths, sample }: Material, own: Limits | null): Learnt {
  const { customers, commonGapDays, ...steps } = fifths;
  const cutoffs: Cutoffs | null = own ?? (customers >= FIFTHS_CUSTOMERS_MIN ? steps : null);
  const end = numberOf(asOf);
  const decision = decideAt(sample, end);
  return { state: { asOf, cutoffs, commonGapDays, decision }, holdout: tried(sample, end) };
}

const decideAt = (all: readonly Visits[], end: number) =>
  decide(countedAt(all, end), repeatSpends(all.flatMap((one) => historyAt(one, end) ?? [])));

/** Fits to the days before the cut only and looks at those after; nothing where too little lies before it. */
function tried(all: readonly Visits[], end: number): Holdout | null {
  const first = all.reduce((least, { days }) => Math.min(least, days[0] ?? least), end);
  if (end - first < HISTORY_DAYS_MIN) return null;
  const cut = end - Math.min(HOLDOUT_DAYS_MAX, Math.floor((end - first) / HOLDOUT_SHARE));
  const decision = decideAt(all, cut);
  return decision.state === "too_little" ? null : holdout(decision.model, all, cut, end);
}
