/**
 * `npm run bench -- segments [--size members]`: previews beside hand-written SQL, fifty segments rebuilt, one member decided,
 * membership lag. Over an installation that holds the large seed already: `node scripts/run.mjs scripts/bench/index.ts segments`.
 */
import { Client } from "pg";
import { type Context, findBusiness, systemContext } from "../../lib/access";
import { Refused } from "../../lib/kernel/refusals";
import { disconnect, withBusiness } from "../../lib/platform/db";
import { preview } from "../../lib/segments";
import { decide } from "../../lib/segments/decide/model";
import { needsOf } from "../../lib/segments/decide/needs/model";
import { loadFacts } from "../../lib/segments/facts/store";
import { seedLarge } from "../../prisma/seed/large";
import { Problem } from "../runner/problem";
import { percentile } from "./load";
import { openDatabase } from "./place";
import { lag } from "./segment-lag";
import { type Question, questions } from "./segment-questions";
import { rebuilds } from "./segment-rebuilds";
import { sizeOr } from "./size";

const MEMBERS = 1_000_000;
const ROUNDS = 5;
/** A question by hand may take so long; rounds of slow ones are few, so that a run at full size ends. */
const BY_HAND_MS = 20_000;
const SLOW_MS = 2_000;
const SLOW_ROUNDS = 2;
const MINUTES_A_MILLION = 30;

const median = (values: readonly number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
const began = performance.now();
/** A line as soon as it is known, with the time since the beginning: a run that is cut off has said what it found. */
const say = (text: string) =>
  process.stdout.write(`${`${((performance.now() - began) / 1000).toFixed(0)} s`.padStart(7)}  ${text}\n`);

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const since = performance.now();
  const value = await work();
  return { ms: performance.now() - since, value };
}

/** What took longer than it may is a figure, not the end of the run. */
function stopped(error: unknown): null {
  const isStopped =
    (error instanceof Refused && error.code === "too_slow") || (error as { code?: string }).code === "57014";
  if (isStopped) return null;
  throw error;
}

/** Ours and the hand-written one in turn, so that a slow moment of the machine meets both. An estimate is said to be one. */
async function compare(ctx: Context, owner: Client, asked: Question): Promise<void> {
  const ours: number[] = [];
  const plain: number[] = [];
  let [answer, truth] = ["stopped", "stopped"];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await timed(() => preview(ctx, asked.rule).catch(stopped));
    const written = await timed(() => owner.query<{ count: number }>(asked.sql, asked.values).catch(stopped));
    const [told, exact] = [found.value, written.value?.rows[0]?.count];
    if (told && exact !== undefined && told.between === null && told.count !== exact)
      throw new Error(`${asked.name}: ${told.count} is not ${exact}`);
    if (told) answer = told.between ? `${told.count} in ${told.between.join("-")}` : String(told.count);
    if (exact !== undefined) truth = String(exact);
    // The first round may wait for the disk.
    if (round === 0) continue;
    ours.push(found.ms);
    plain.push(written.ms);
    if (found.ms + written.ms > SLOW_MS && round >= SLOW_ROUNDS) break;
  }
  const [a, b] = [median(ours), median(plain)];
  const figures = `${a.toFixed(1).padStart(9)} ms ${b.toFixed(1).padStart(9)} ms ${(a / b).toFixed(2).padStart(6)} x`;
  say(`${asked.name.padEnd(52)} ${truth.padStart(9)} ${figures}  ${answer}`);
}

/** One member against one tree: loading included, and the deciding alone. */
async function oneMember(
  ctx: Context,
  all: readonly Question[],
  tell: (text: string) => void,
): Promise<void> {
  const { id, zone } = ctx.business;
  const members = await withBusiness(id, (tx) =>
    tx.memberStats.findMany({ where: { businessId: id }, take: 200, orderBy: { visits: "desc" } }),
  );
  const whole: number[] = [];
  const alone: number[] = [];
  for (const { rule } of all)
    for (const { memberId } of members.slice(0, 40)) {
      const loaded = await timed(() =>
        withBusiness(id, (tx) => loadFacts(tx, id, [memberId], needsOf([rule]))),
      );
      const facts = loaded.value[0]?.facts;
      if (!facts) continue;
      const since = performance.now();
      decide(rule, facts, ctx.now.getTime(), zone);
      alone.push(performance.now() - since);
      whole.push(loaded.ms + performance.now() - since);
    }
  const at = (values: readonly number[], share: number) =>
    percentile(
      values.toSorted((a, b) => a - b),
      share,
    ).toFixed(3);
  tell(
    `one member, one tree: decided in ${at(alone, 0.5)} ms (p95 ${at(alone, 0.95)}), loading included ${at(whole, 0.5)} ms (p95 ${at(whole, 0.95)})`,
  );
}

/** Previews beside the same by hand, on a connection like those of the app. */
async function previews(ctx: Context, url: string): Promise<void> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query("SET TIME ZONE 'UTC'");
    await owner.query("SET work_mem = '64MB'");
    await owner.query(`SET statement_timeout = ${BY_HAND_MS}`);
    say(`${"".padEnd(52)} ${"members".padStart(9)} ${"Kolo".padStart(12)} ${"by hand".padStart(12)}`);
    for (const asked of questions(ctx)) await compare(ctx, owner, asked);
  } finally {
    await owner.end();
  }
}

/** The business of the large seed; made when the database has none. */
async function large(ownerUrl: string): Promise<Context> {
  if (!(await findBusiness({ slug: "large" }))) {
    say("seeding: about 20 minutes for a million members");
    await seedLarge(ownerUrl, { members: String(sizeOr(MEMBERS)) });
  }
  const business = await findBusiness({ slug: "large" });
  if (!business) throw new Problem("The database has no business of the large seed.");
  return systemContext(business, "bench", new Date());
}

export async function benchSegments(): Promise<void> {
  const given = process.env.DATABASE_URL;
  const own = given === undefined ? await openDatabase() : undefined;
  try {
    const url = own?.ownerUrl ?? given ?? "";
    const ctx = await large(url);
    const members = await withBusiness(ctx.business.id, (tx) =>
      tx.memberStats.count({ where: { businessId: ctx.business.id } }),
    );
    const minutes = Math.ceil((members / MEMBERS) * MINUTES_A_MILLION);
    say(`${members.toLocaleString("en")} members; all of it takes about ${minutes} minutes`);
    await previews(ctx, url);
    await oneMember(ctx, questions(ctx), say);
    await rebuilds(ctx, url, questions(ctx), say);
    await lag(ctx, say);
  } finally {
    await disconnect();
    await own?.close();
  }
}
