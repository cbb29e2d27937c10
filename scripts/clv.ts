/**
 * `npm run clv -- purchases.csv`: fits the lifetime models to any list of purchases (customer, date, amount) and prints parameters,
 * likelihoods and what is expected of every customer as JSON. `--until 2026-06-30` looks at purchases up to that day only and holds
 * the prediction against the later ones; `--unit days` (or `months`) instead of weeks for parameters.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { CountModel } from "../lib/insights/lifetime/counts/model";
import { type Decision, decide } from "../lib/insights/lifetime/decision/model";
import type { Fit } from "../lib/insights/lifetime/fit/model";
import {
  countedAt,
  historyAt,
  holdout,
  repeatSpends,
  type Visits,
} from "../lib/insights/lifetime/holdout/model";
import { baseline, HORIZONS, likelyVisits, score } from "../lib/insights/lifetime/score/model";
import { dayNumber, readPurchases } from "./clv/purchases";
import { orExplain, Problem } from "./runner/problem";

const UNITS = { days: 1, weeks: 7, months: 30.4375 } as const;
type Unit = keyof typeof UNITS;
const DAY_MS = 86_400_000;
const dayText = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const rounded = (value: number, digits = 4) => Number(value.toFixed(digits));
const UNITLESS = new Set(["r", "a", "b"]);

await orExplain(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { until: { type: "string" }, unit: { type: "string", default: "weeks" } },
  });
  const [file] = positionals;
  if (!file || !existsSync(file))
    throw new Problem(
      "Name a file of purchases: npm run clv -- purchases.csv (customer, date, amount; one a line).",
    );
  const { unit } = values;
  if (unit !== "days" && unit !== "weeks" && unit !== "months")
    throw new Problem("--unit takes days, weeks or months.");
  const customers = await readPurchases(file);
  const all = [...customers.values()];
  const last = all.reduce(
    (latest, { days }) => Math.max(latest, days.at(-1) ?? latest),
    Number.NEGATIVE_INFINITY,
  );
  const cut = values.until === undefined ? last : dayNumber(values.until);
  if (cut === undefined) throw new Problem("--until takes a day such as 2026-06-30.");
  const known = Array.from(customers, ([id, visits]) => ({ id, at: historyAt(visits, cut) })).flatMap(
    ({ id, at }) => (at ? [{ id, ...at }] : []),
  );
  const decision = decide(countedAt(all, cut), repeatSpends(known));
  console.log(
    JSON.stringify(
      {
        ...told(decision, unit, cut),
        ...later(decision, all, cut, last),
        customers: scored(decision, known),
      },
      null,
      1,
    ),
  );
});

function told(decision: Decision, unit: Unit, cut: number) {
  const head = { until: dayText(cut), unit, state: decision.state, seen: decision.seen };
  if (decision.state === "too_little") return head;
  const { fits, fallback, calibration, model } = decision;
  return {
    ...head,
    scoredWith: model.counts.kind,
    fallback,
    repeatPurchases: { expected: rounded(calibration.expected, 1), actual: calibration.actual },
    nbd: inUnit(fits.nbd, unit),
    bgNbd: inUnit(fits.bg, unit),
    mbgNbd: inUnit(fits.mbg, unit),
    gammaGamma: fits.spend && {
      parameters: fits.spend.model,
      bounds: fits.spend.bounds,
      logLikelihood: rounded(fits.spend.logLikelihood, 2),
      customers: fits.spend.customers,
      ranAway: fits.spend.ranAway,
    },
  };
}

/** A likelihood is per unit of time as well: x purchases in a longer unit are x times that less dense. */
function inUnit(fit: Fit<CountModel>, unit: Unit) {
  const numbers = Object.entries(fit.model).filter(([name]) => name !== "kind");
  const timed = (name: string, value: number) => (UNITLESS.has(name) ? value : value / UNITS[unit]);
  return {
    parameters: Object.fromEntries(
      numbers.map(([name, value]) => [name, rounded(timed(name, Number(value)), 6)]),
    ),
    bounds:
      fit.bounds &&
      Object.fromEntries(
        Object.entries(fit.bounds).map(([name, ends]) => [
          name,
          ends.map((end) => rounded(timed(name, end), 4)),
        ]),
      ),
    logLikelihood: rounded(fit.logLikelihood + fit.purchases * Math.log(UNITS[unit]), 2),
    customers: fit.customers,
    ranAway: fit.ranAway,
  };
}

function later(decision: Decision, all: readonly Visits[], cut: number, last: number) {
  if (decision.state === "too_little" || last <= cut) return {};
  const { weeks, groups, visits, value, missedBy } = holdout(decision.model, all, cut, last);
  return {
    holdout: {
      from: dayText(cut + 1),
      to: dayText(last),
      visits,
      value,
      missedBy,
      byRepeatPurchases: groups,
      weeks: weeks.map((week) => ({
        ...week,
        day: dayText(week.day),
        predicted: rounded(week.predicted, 1),
      })),
    },
  };
}

type Known = NonNullable<ReturnType<typeof historyAt>> & { readonly id: string };

function scored(decision: Decision, known: readonly Known[]) {
  return known.map(({ id, ...customer }) => {
    const { x, tx, T } = customer.history;
    const seen = { customer: id, repeats: x, recencyDays: tx, watchedDays: T };
    const past = Object.fromEntries(
      HORIZONS.map((days) => {
        const { visits, value } = baseline(customer, days);
        return [days, { visits: rounded(visits), value: rounded(value, 2) }];
      }),
    );
    if (decision.state === "too_little") return { ...seen, ownPast: past };
    const { pAlive, expected, value } = score(decision.model, customer);
    return {
      ...seen,
      pAlive: pAlive === null ? null : rounded(pAlive),
      expected: Object.fromEntries(
        HORIZONS.map((days, i) => [
          days,
          {
            visits: rounded(expected[i] ?? 0),
            value: rounded(value[i] ?? 0, 2),
            between: likelyVisits(decision.model, customer.history, days),
          },
        ]),
      ),
      ownPast: past,
    };
  });
}
