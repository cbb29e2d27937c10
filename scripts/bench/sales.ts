/** `npm run bench -- sales`: the till's requests beside an empty route handler of the same build, in one run. */
import { randomUUID } from "node:crypto";
import { createApiKey, createBusiness, systemContext } from "../../lib/access";
import { disconnect } from "../../lib/platform/db";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { record } from "../../lib/sales";
import { connected } from "../runner/connect";
import { flatOut, type Outcome, percentile, perSecond, type Shot, steadily } from "./load";
import { inDatabase } from "./pgbench";
import { openPlace } from "./place";

const MEMBERS = 5_000;
const CONNECTIONS = 16;
const ROUNDS = 3;
const ROUND_SECONDS = 6;
const RATE = 200;
const RATE_SECONDS = 15;

const median = (values: readonly number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
const phoneOf = (member: number) => `+3805${String(10_000_000 + member)}`;
const anyPhone = () => phoneOf(Math.floor(Math.random() * MEMBERS));

type Till = { readonly companyId: bigint; readonly headers: Readonly<Record<string, string>> };

async function prepare(ownerUrl: string): Promise<Till> {
  const now = new Date();
  const owner = { name: "Bench", email: "bench@example.com" };
  const made = await createBusiness(
    { name: "Bench", currency: "UAH", locale: "uk", zone: "Europe/Kyiv", locationName: "Bench", owner },
    now,
  );
  const ctx = systemContext(made.business, "bench", now);
  const names = { base: "Base", silver: "Silver", gold: "Gold" };
  await saveProgramme(ctx, 0, startingProgramme(names));
  const { key } = await createApiKey(ctx, { name: "bench" });
  process.stderr.write(`${MEMBERS} members `);
  for (let member = 0; member < MEMBERS; member += 1) {
    const receipt = {
      totalMinor: 10_000n,
      points: 0n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    await record(ctx, {
      by: { phone: phoneOf(member) },
      receipt,
      key: null,
      staffId: null,
      locationId: null,
      source: "uds",
    });
    if (member % 500 === 0) process.stderr.write(".");
  }
  process.stderr.write("\n");
  await connected(ownerUrl, async (client) => {
    await client.query("UPDATE business SET rate_per_second = 1000000, rate_burst = 1000000");
    await client.query(
      "CREATE TABLE bench_member AS SELECT row_number() OVER ()::int AS no, member_id FROM member_stats",
    );
    await client.query("ALTER TABLE bench_member ADD PRIMARY KEY (no)");
    await client.query("DELETE FROM outbox");
    await client.query("VACUUM ANALYZE");
  });
  await disconnect();
  const credentials = Buffer.from(`${made.business.id}:${key}`).toString("base64");
  const headers = {
    Authorization: `Basic ${credentials}`,
    "Content-Type": "application/json",
    Accept: "application/json",
  };
  return { companyId: made.business.id, headers };
}

const empty = (): Shot => ({ method: "GET", path: "/api/ping", correct: (status) => status === 204 });

const calc = (till: Till) => (): Shot => ({
  method: "POST",
  path: "/partner/v2/operations/calc",
  headers: till.headers,
  body: JSON.stringify({ participant: { phone: anyPhone() }, receipt: { total: 100 } }),
  correct: (status, body) =>
    status === 200 && (JSON.parse(body) as { purchase: { cash: number } }).purchase.cash === 100,
});

const create = (till: Till) => (): Shot => ({
  method: "POST",
  path: "/partner/v2/operations",
  headers: till.headers,
  body: JSON.stringify({
    nonce: randomUUID(),
    participant: { phone: anyPhone() },
    receipt: { total: 100, cash: 100, points: 0 },
  }),
  correct: (status, body) => {
    if (status !== 200) return false;
    const operation = JSON.parse(body) as { id: number; state: string; total: number };
    return operation.id > 0 && operation.state === "NORMAL" && operation.total === 100;
  },
});

function complain(name: string, outcome: Outcome): void {
  if (outcome.wrongCount > 0)
    console.log(`  ${name}: ${outcome.wrongCount} answers did not count, the first: ${outcome.wrong}`);
}

/** Runs the kinds in turn, so that each meets the same weather on a shared machine. */
async function compare(
  port: number,
  kinds: Readonly<Record<string, () => Shot>>,
): Promise<Record<string, number[]>> {
  const rates: Record<string, number[]> = {};
  for (const next of Object.values(kinds)) await flatOut(port, CONNECTIONS, 3, next); // warm up
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, next] of Object.entries(kinds)) {
      const outcome = await flatOut(port, CONNECTIONS, ROUND_SECONDS, next);
      complain(name, outcome);
      (rates[name] ??= []).push(perSecond(outcome));
    }
  }
  return rates;
}

/** Prints requests a second, their ratios and the latencies at a steady rate. */
export async function benchSales(): Promise<void> {
  const place = await openPlace();
  try {
    const till = await prepare(place.ownerUrl);
    const kinds = {
      "empty route": empty,
      "operations/calc": calc(till),
      "operations (create)": create(till),
    };
    const rates = await compare(place.port, kinds);
    const base = rates["empty route"] ?? [];
    console.log(
      `\nrequests/s over ${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${ROUND_SECONDS} s (all rounds)`,
    );
    for (const [name, all] of Object.entries(rates)) {
      const ratio = median(all.map((rate, round) => rate / (base[round] ?? Number.NaN)));
      const rounds = all.map((rate) => rate.toFixed(0)).join(", ");
      console.log(
        `  ${name.padEnd(22)}${median(all).toFixed(0).padStart(6)}   ${ratio.toFixed(2)} x empty   (${rounds})`,
      );
    }
    await latencies(place.port, { "operations/calc": calc(till), "operations (create)": create(till) });
    await databaseAlone(place.ownerUrl, till);
  } finally {
    await place.close();
  }
}

async function latencies(port: number, kinds: Readonly<Record<string, () => Shot>>): Promise<void> {
  console.log(`\nmilliseconds at a steady ${RATE} requests/s for ${RATE_SECONDS} s`);
  for (const [name, next] of Object.entries(kinds)) {
    const outcome = await steadily(port, RATE, RATE_SECONDS, next);
    complain(name, outcome);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) =>
      percentile(outcome.milliseconds, share).toFixed(1),
    );
    console.log(`  ${name.padEnd(22)}p50 ${p50}   p95 ${p95}   p99 ${p99}   (${outcome.correct} answers)`);
  }
}

async function databaseAlone(ownerUrl: string, till: Till): Promise<void> {
  // Far above every id made so far, and below 2^53.
  let free = 5_000_000_000_000_000n;
  const freeId = () => (free += 100_000_000_000n);
  const result = await inDatabase(ownerUrl, till.companyId, MEMBERS, ROUNDS, freeId);
  console.log("\ninside the database, pgbench with 8 clients, one round trip a purchase");
  if (!result) {
    console.log("  pgbench is not installed here (Debian: apt-get install postgresql-contrib); not measured");
    return;
  }
  const ratio = median(result.ours.map((rate, round) => rate / (result.plain[round] ?? Number.NaN)));
  const show = (rates: readonly number[]) => rates.map((rate) => rate.toFixed(0)).join(", ");
  console.log(
    `  record_purchase()     ${median(result.ours).toFixed(0).padStart(6)}   ${ratio.toFixed(2)} x plain   (${show(result.ours)})`,
  );
  console.log(
    `  plain statement       ${median(result.plain).toFixed(0).padStart(6)}   (${show(result.plain)})`,
  );
}
