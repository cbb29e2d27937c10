/** `npm run bench -- segments [members]`: previews beside hand-written SQL, fifty segments rebuilt, one member decided, membership lag. */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Client } from "pg";
import { type Context, findBusiness, systemContext } from "../../lib/access";
import { Refused } from "../../lib/kernel/refusals";
import { disconnect, withBusiness } from "../../lib/platform/db";
import { drain } from "../../lib/platform/outbox";
import { record } from "../../lib/sales";
import {
  createSegment,
  decideAgain,
  listSegments,
  preview,
  rebuildSegment,
  SEGMENT_NEWS,
} from "../../lib/segments";
import { decide } from "../../lib/segments/decide/model";
import { needsOf } from "../../lib/segments/decide/needs/model";
import { loadFacts } from "../../lib/segments/facts/store";
import { seedLarge } from "../../prisma/seed/large";
import { appUrl } from "../runner/app-role";
import { connected } from "../runner/connect";
import { makeOwner } from "../runner/database";
import { migrate } from "../runner/migrate";
import { startPostgres } from "../runner/postgres";
import { temporaryPlace } from "../runner/postgres-files";
import { percentile } from "./load";
import { type Question, questions } from "./segment-questions";

const SECRET = "a secret for benchmarks, and for nothing else";
const ROUNDS = 5;
const SEGMENTS = 50;
const PURCHASES = 400;
const RATE = 200;

const median = (values: readonly number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
const say = (text: string) => process.stdout.write(`${text}\n`);

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const since = performance.now();
  const value = await work();
  return { ms: performance.now() - since, value };
}

/** A preview that took longer than it may is a figure, not the end of the run. */
function stopped(error: unknown): null {
  if (error instanceof Refused && error.code === "too_slow") return null;
  throw error;
}

/** Ours and the hand-written one in turn, so that a slow moment of the machine meets both. */
async function compare(ctx: Context, owner: Client, asked: Question): Promise<void> {
  const ours: number[] = [];
  const plain: number[] = [];
  let counts = "";
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await timed(() => preview(ctx, asked.rule).catch(stopped));
    const written = await timed(() => owner.query<{ count: number }>(asked.sql, asked.values));
    const count = written.value.rows[0]?.count ?? -1;
    if (found.value === null) {
      say(
        `${asked.name.padEnd(52)} stopped after ${found.ms.toFixed(0)} ms; by hand ${written.ms.toFixed(0)} ms`,
      );
      return;
    }
    if (found.value.count !== count) throw new Error(`${asked.name}: ${found.value.count} is not ${count}`);
    counts = String(count);
    if (round === 0) continue;
    ours.push(found.ms);
    plain.push(written.ms);
  }
  const [a, b] = [median(ours), median(plain)];
  say(
    `${asked.name.padEnd(52)} ${counts.padStart(9)} ${a.toFixed(1).padStart(9)} ms ${b.toFixed(1).padStart(9)} ms ${(a / b).toFixed(2).padStart(6)} x`,
  );
}

async function rebuilds(ctx: Context, all: readonly Question[]): Promise<void> {
  for (let no = 0; no < SEGMENTS; no += 1) {
    const one = all[no % all.length];
    if (one) await createSegment(ctx, { name: `Segment ${no + 1}`, rule: one.rule });
  }
  const kept = await listSegments(ctx);
  await withBusiness(ctx.business.id, (tx) =>
    tx.segmentMember.deleteMany({ where: { businessId: ctx.business.id } }),
  );
  const { ms } = await timed(async () => {
    for (const { id } of kept) await rebuildSegment(ctx, id);
  });
  await withBusiness(ctx.business.id, (tx) =>
    tx.outbox.deleteMany({ where: { businessId: ctx.business.id } }),
  );
  const rows = kept.reduce((sum, { size }) => sum + size, 0);
  say(`${SEGMENTS} segments rebuilt from nothing: ${(ms / 1000).toFixed(1)} s, ${rows} memberships`);
}

/** One member against one tree: loading included, and the deciding alone. */
async function oneMember(ctx: Context, all: readonly Question[]): Promise<void> {
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
  say(
    `one member, one tree: decided in ${at(alone, 0.5)} ms (p95 ${at(alone, 0.95)}), loading included ${at(whole, 0.5)} ms (p95 ${at(whole, 0.95)})`,
  );
}

/** How long after a purchase its member's segments are right, at a steady rate of purchases with all segments there. */
async function lag(ctx: Context): Promise<void> {
  const { id } = ctx.business;
  const members = await withBusiness(id, (tx) =>
    tx.memberStats.findMany({ where: { businessId: id }, take: PURCHASES, orderBy: { memberId: "asc" } }),
  );
  const handlers = [{ name: "segments", types: SEGMENT_NEWS, handle: decideAgain }];
  const lags: number[] = [];
  const waiting: number[] = [];
  const state = { isDone: false };
  const worker = async () => {
    while (!state.isDone || waiting.length > 0) {
      const taken = waiting.length;
      await drain(handlers, () => new Date());
      for (const since of waiting.splice(0, taken)) lags.push(performance.now() - since);
      if (taken === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const running = worker();
  const began = performance.now();
  for (const [index, { memberId }] of members.entries()) {
    const due = began + (index / RATE) * 1000;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const receipt = {
      totalMinor: 25_000n,
      points: 0n,
      skipMinor: 0n,
      unredeemableMinor: 0n,
      cashMinor: null,
      number: null,
    };
    await record(
      { ...ctx, now: new Date() },
      { by: { memberId }, receipt, lines: [], key: null, staffId: null, locationId: null, source: "uds" },
    );
    waiting.push(performance.now());
  }
  const rate = members.length / ((performance.now() - began) / 1000);
  state.isDone = true;
  await running;
  const sorted = lags.toSorted((a, b) => a - b);
  say(
    `membership lag at ${rate.toFixed(0)} purchases/s, ${SEGMENTS} segments: p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms`,
  );
}

export async function benchSegments(): Promise<void> {
  const folder = temporaryPlace();
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const server = await startPostgres({
    folder: path.join(folder, "postgres"),
    log: path.join(folder, "postgres.log"),
    password: SECRET,
  });
  const ownerUrl = `postgresql://kolo:${encodeURIComponent(SECRET)}@127.0.0.1:${server.port}/kolo`;
  try {
    await makeOwner(server.port, SECRET);
    await migrate(ownerUrl, SECRET);
    Object.assign(process.env, {
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl(ownerUrl, SECRET),
      KOLO_SECRET: SECRET,
    });
    await seedLarge(ownerUrl, { members: process.argv[3] });
    const business = await findBusiness({ slug: "large" });
    if (!business) throw new Error("the seed makes the business");
    const ctx = systemContext(business, "bench", new Date());
    await connected(ownerUrl, async (owner) => {
      await owner.query("SET TIME ZONE 'UTC'");
      await owner.query("SET work_mem = '64MB'");
      say(`${"".padEnd(52)} ${"members".padStart(9)} ${"Kolo".padStart(12)} ${"by hand".padStart(12)}`);
      for (const asked of questions(ctx)) await compare(ctx, owner, asked);
    });
    await oneMember(ctx, questions(ctx));
    await rebuilds(ctx, questions(ctx));
    await lag(ctx);
  } finally {
    await disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
