/** `npm run bench -- journeys`: members advanced per second, and how late due steps come with many waiting. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { createBusiness, systemContext } from "../../lib/access";
import { advanceDue, createJourney, goLive, lookAfter } from "../../lib/journeys";
import { type Definition, emptyDefinition, type Step } from "../../lib/journeys/schema";
import { disconnect } from "../../lib/platform/db";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { say } from "../../tests/support/journeys";
import { connected } from "../runner/connect";
import { percentile } from "./load";
import { openDatabase } from "./place";
import { sizeOr } from "./size";

const WAITING = sizeOr(100_000);
/** How long the due times of those who wait are spread over. */
const SPREAD_SECONDS = 60;
const DUE_IN_SPREAD = 5_000;
/** As the worker pauses between looks. */
const IDLE_MS = 150;

async function prepare(ownerUrl: string) {
  const now = new Date();
  const owner = { name: "Bench", email: "bench@example.com" };
  const place = {
    name: "Bench",
    currency: "UAH",
    locale: "uk",
    zone: "Europe/Kyiv",
    locationName: "Bench",
    owner,
  } as const;
  const { business } = await createBusiness(place, now);
  const ctx = systemContext(business, "bench", now);
  await saveProgramme(ctx, 0, startingProgramme({ base: "Base", silver: "Silver", gold: "Gold" }));
  await connected(ownerUrl, async (client) => {
    await client.query(
      `WITH made AS (SELECT (100000000 + n)::bigint AS id FROM generate_series(1, $2::int) n),
         m AS (INSERT INTO member (business_id, id, source, invite_code, created_at) SELECT $1, id, 'bench', 'b' || id, now() - interval '1 day' FROM made),
         p AS (INSERT INTO member_profile (business_id, member_id, search) SELECT $1, id, '' FROM made)
       INSERT INTO member_stats (business_id, member_id) SELECT $1, id FROM made`,
      [business.id.toString(), WAITING],
    );
    await client.query("VACUUM ANALYZE");
  });
  return ctx;
}

const seconds = (from: number) => (performance.now() - from) / 1000;

/** Prints how fast an audience is let in and advanced, and the delay of due steps at a steady pace. */
export async function benchJourneys(): Promise<void> {
  const place = await openDatabase();
  try {
    const ctx = await prepare(place.ownerUrl);
    const wait: Step = {
      kind: "wait",
      id: "w",
      until: { kind: "duration", duration: { amount: 1, unit: "days" } },
    };
    const definition: Definition = {
      ...emptyDefinition,
      controlBps: 0,
      triggers: [{ kind: "schedule", schedule: { kind: "now" }, audience: { kind: "all" } }],
      steps: [say("a"), wait, say("b")],
    };
    const id = await createJourney(ctx, { kind: "campaign", name: "Bench", definition, preset: null });
    await goLive(ctx, { id, revision: 1, moves: false });
    const entering = performance.now();
    await lookAfter(() => new Date());
    console.log(
      `let in        ${(WAITING / seconds(entering)).toFixed(0).padStart(8)} members/s   (${WAITING} frozen)`,
    );
    await connected(place.ownerUrl, (client) => client.query("ANALYZE"));
    const moving = performance.now();
    const moved = await advanceDue(() => new Date());
    console.log(
      `advanced      ${(moved / seconds(moving)).toFixed(0).padStart(8)} members/s   (a message queued for each)`,
    );
    await delays(place.ownerUrl, ctx.business.id, id);
  } finally {
    await disconnect();
    await place.close();
  }
}

/** Everybody waits; five thousand of them fall due within the minute, the others later. */
async function delays(ownerUrl: string, businessId: bigint, journeyId: bigint): Promise<void> {
  await connected(ownerUrl, async (client) => {
    await client.query(
      `UPDATE journey_run SET due_at = now() + interval '1 second' + (mod(member_id, 10000) / 10000.0) * make_interval(secs => $3::float8)
       WHERE business_id = $1 AND journey_id = $2 AND state = 'active'`,
      [businessId.toString(), journeyId.toString(), (SPREAD_SECONDS * WAITING) / DUE_IN_SPREAD],
    );
    await client.query(
      "CREATE TABLE bench_due AS SELECT id, due_at, NULL::timestamptz AS done_at FROM journey_run",
    );
    await client.query("CREATE INDEX ON bench_due (due_at) WHERE done_at IS NULL");
    await client.query("VACUUM ANALYZE");
    const until = Date.now() + SPREAD_SECONDS * 1000;
    const watching = watch(client, businessId, until);
    while (Date.now() < until) {
      await advanceDue(() => new Date());
      await sleep(IDLE_MS);
    }
    await watching;
    const { rows } = await client.query<{ ms: number }>(
      "SELECT extract(epoch FROM done_at - due_at)::float8 * 1000 AS ms FROM bench_due WHERE done_at IS NOT NULL ORDER BY 1",
    );
    const late = rows.map((row) => row.ms);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(late, share).toFixed(0));
    console.log(
      `due steps     p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms   (${late.length} came due among ${WAITING} waiting)`,
    );
  });
}

/** Notes the moment each is seen done, a little after it was. */
async function watch(client: Client, businessId: bigint, until: number): Promise<void> {
  while (Date.now() < until) {
    await client.query(
      `UPDATE bench_due d SET done_at = clock_timestamp() FROM journey_run r
       WHERE r.business_id = $1 AND r.id = d.id AND r.state = 'done' AND d.done_at IS NULL AND d.due_at <= now()`,
      [businessId.toString()],
    );
    await sleep(IDLE_MS);
  }
}
