/** `npm run bench -- clv`: fits CDNOW and scores a million members, the arithmetic alone. */
import { decide } from "../../lib/insights/lifetime/decision/model";
import { countedAt, historyAt, repeatSpends } from "../../lib/insights/lifetime/holdout/model";
import { score } from "../../lib/insights/lifetime/score/model";
import { readPurchases } from "../clv/purchases";

const FILE = "tests/fixtures/cdnow/cdnow_sample.txt";
const CUT = Date.UTC(1997, 8, 30) / 86_400_000;
const MEMBERS = 1_000_000;
const ROUNDS = 5;

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function timed<T>(run: () => T): { result: T; ms: number } {
  const from = performance.now();
  const result = run();
  return { result, ms: performance.now() - from };
}

export async function benchClv(): Promise<void> {
  const all = [...(await readPurchases(FILE)).values()];
  const customers = all.flatMap((one) => historyAt(one, CUT) ?? []);
  const fits = Array.from({ length: ROUNDS }, () =>
    timed(() => decide(countedAt(all, CUT), repeatSpends(customers))),
  );
  const decision = fits[0]?.result;
  if (decision?.state !== "published") throw new Error("CDNOW has a model");
  // Each member is watched a little longer than the last, so that no two are alike.
  const members = Array.from({ length: MEMBERS }, (_, i) => {
    const { history, spend } = customers[i % customers.length] ?? {
      history: { x: 0, tx: 0, T: 1 },
      spend: { count: 1, mean: 1 },
    };
    return { history: { ...history, T: history.T + (i * 400) / MEMBERS }, spend };
  });
  const scores = Array.from({ length: 3 }, () =>
    timed(() => {
      let sum = 0;
      for (const member of members) sum += score(decision.model, member).expected[1];
      return sum;
    }),
  );
  const { bg, mbg, spend } = decision.fits;
  console.log(
    "BG/NBD, weeks:   ",
    parameters(bg.model),
    `log-likelihood ${(bg.logLikelihood + bg.purchases * Math.log(7)).toFixed(2)}`,
  );
  console.log("MBG/NBD, weeks:  ", parameters(mbg.model));
  console.log("Gamma-Gamma:     ", spend && parameters(spend.model, 1));
  console.log(
    `fit NBD, BG/NBD, MBG/NBD and Gamma-Gamma with bounds: ${middle(fits.map(({ ms }) => ms)).toFixed(0)} ms (budget 1,000 ms)`,
  );
  console.log(
    `score ${MEMBERS.toLocaleString("en")} members for 30, 90 and 365 days: ${(middle(scores.map(({ ms }) => ms)) / 1000).toFixed(2)} s (budget 10 s)`,
  );
}

const parameters = (model: object, unit = 7) =>
  Object.entries(model)
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => `${name} ${(name === "alpha" ? Number(value) / unit : Number(value)).toFixed(3)}`)
    .join(", ");
