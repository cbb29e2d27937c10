import "server-only";
/** Reads a file into rows: nothing of it is believed yet, and nothing outside the import changes. */
import { hash } from "node:crypto";
import type { Context } from "../../access";
import { customFields } from "../../members";
import { withBusiness } from "../../platform/db";
import { parseAmount } from "../../platform/i18n/amount";
import { Stopping } from "../../platform/jobs";
import { type Record as CsvRecord, Unreadable } from "./csv/model";
import { type Mapping, type Report, ROWS_MAX, type Run } from "./model";
import type { OwnColumn } from "./own/model";
import { readTable } from "./read";
import { type Home, joined, naming, type Row, readRow } from "./rows/model";
import * as rowStore from "./rows/store";
import * as store from "./store";

const FORGET = 20_000;
const KEEP = 2_000;
const KEY_LENGTH = 22;

/** What the reading counts as it goes. */
class Count {
  lines = 0;
  rows = 0;
  bad = 0;
  sum = 0n;
  firstAt: Date | null = null;
  lastAt: Date | null = null;

  see(row: Row): void {
    this.rows += 1;
    if (row.faults.length > 0) {
      this.bad += 1;
      return;
    }
    this.sum += row.totalMinor ?? row.points ?? 0n;
    if (row.at === null) return;
    if (this.firstAt === null || row.at < this.firstAt) this.firstAt = row.at;
    if (this.lastAt === null || row.at > this.lastAt) this.lastAt = row.at;
  }

  report(): Report {
    return {
      lines: this.lines,
      rows: this.rows,
      bad: this.bad,
      sum: this.sum.toString(),
      firstAt: this.firstAt?.toISOString() ?? null,
      lastAt: this.lastAt?.toISOString() ?? null,
    };
  }
}

/**
 * Reads a whole file anew; begun again after a pause it comes to the same. Ends as `checked`, or as `failed` with the line when
 * the file cannot be read to its end: then none of it is kept.
 */
export async function check(ctx: Context, run: Run, stopping: () => boolean): Promise<void> {
  const { id } = ctx.business;
  await forget(ctx, run.id);
  const count = new Count();
  try {
    if (!(await readAll(ctx, run, count, stopping))) return;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    await forget(ctx, run.id);
    await fail(ctx, run, error.code, error.line || null);
    return;
  }
  if (count.rows === 0) {
    await fail(ctx, run, "empty", null);
    return;
  }
  await withBusiness(id, (tx) => store.measure(tx));
  await withBusiness(id, async (tx) => {
    const now = await store.holdRun(tx, id, run.id);
    if (now?.state !== "checking") return;
    const { share: _share, failed: _failed, ...report } = now.report;
    await store.changeRun(tx, id, run.id, { state: "checked", report: { ...report, ...count.report() } });
  });
}

async function fail(ctx: Context, run: Run, code: string, line: number | null): Promise<void> {
  await withBusiness(ctx.business.id, (tx) =>
    store.changeRun(tx, ctx.business.id, run.id, {
      state: "failed",
      report: { ...run.report, failed: { code, line } },
    }),
  );
}

async function forget(ctx: Context, importId: bigint): Promise<void> {
  const { id } = ctx.business;
  while ((await withBusiness(id, (tx) => rowStore.forgetRows(tx, id, importId, FORGET))) > 0);
}

/** Keeps rows, one bundle under way while the next is read. */
class Keeper {
  readonly #ctx: Context;
  readonly #run: Run;
  readonly #count: Count;
  #underWay: Promise<void> = Promise.resolve();

  constructor(ctx: Context, run: Run, count: Count) {
    this.#ctx = ctx;
    this.#run = run;
    this.#count = count;
  }

  /** Reads on only as far as the next bundle needs, so that others get their turn in between. */
  async keep(rows: Iterable<Row>): Promise<void> {
    let bundle: object[] = [];
    for (const row of rows) {
      this.#count.see(row);
      bundle.push(keptRow(this.#run, row, this.#count.rows, this.#ctx.business.zone));
      if (bundle.length < KEEP) continue;
      await this.#send(bundle);
      bundle = [];
    }
    if (bundle.length > 0) await this.#send(bundle);
  }

  async #send(bundle: readonly object[]): Promise<void> {
    const { id } = this.#ctx.business;
    if (this.#count.rows > ROWS_MAX) throw new Unreadable("too_many_columns", this.#count.lines);
    const written = JSON.stringify(bundle);
    await this.#underWay;
    this.#underWay = withBusiness(id, (tx) => rowStore.keepRows(tx, id, this.#run.id, written));
    // Awaited before the next one: until then a fault of it is not unheard.
    this.#underWay.catch(() => {});
  }

  /** Waits for the last bundle. */
  async end(): Promise<void> {
    await this.#underWay;
  }
}

/** Answers false when somebody stopped it meanwhile. */
async function readAll(ctx: Context, run: Run, count: Count, stopping: () => boolean): Promise<boolean> {
  const { zone, locale } = ctx.business;
  const { kind, mapping } = run;
  if (!mapping) throw new Error("an import is read by its mapping");
  const own = await ownColumns(ctx, mapping);
  const home: Home = { zone, locale, now: ctx.now, readAmount: parseAmount, own };
  const held: { row: Row | null } = { row: null };
  const hasTotal = mapping.columns.total !== undefined;
  let isHead = mapping.hasHeader;
  const rowsOf = function* (records: readonly CsvRecord[]): Generator<Row> {
    for (const record of records) {
      if (isHead) {
        isHead = false;
        continue;
      }
      count.lines += 1;
      yield readRow(kind, mapping, home, record);
    }
  };
  const keeper = new Keeper(ctx, run, count);
  try {
    for await (const { records, share } of readTable(ctx, run, mapping)) {
      if (stopping()) throw new Stopping();
      await keeper.keep(joined(rowsOf(records), hasTotal, zone, held));
      if (!(await noteShare(ctx, run.id, share))) return false;
    }
    if (held.row !== null) await keeper.keep([held.row]);
  } finally {
    await keeper.end();
  }
  return true;
}

/** The fields a mapping fills, those put away since among them: they keep what they hold. */
async function ownColumns(ctx: Context, { fields = {} }: Mapping): Promise<OwnColumn[]> {
  if (Object.keys(fields).length === 0) return [];
  const known = await customFields(ctx);
  return known.flatMap((field) => {
    const at = fields[field.id.toString()];
    return at === undefined ? [] : [{ field, at }];
  });
}

async function noteShare(ctx: Context, importId: bigint, share: number): Promise<boolean> {
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const now = await store.holdRun(tx, id, importId);
    if (now?.state !== "checking") return false;
    await store.changeRun(tx, id, importId, { report: { ...now.report, share } });
    return true;
  });
}

/** A row as the database keeps it: what it was made of only where something is wrong with it. */
function keptRow(run: Run, row: Row, no: number, zone: string): object {
  const isGood = row.faults.length === 0;
  const key = hash("sha256", naming(run.kind, row, zone), "base64url").slice(0, KEY_LENGTH);
  const { written: _written, faults, raw, ...facts } = row;
  const kept = {
    ...facts,
    no,
    key,
    points: row.points?.toString() ?? null,
    totalMinor: row.totalMinor?.toString() ?? null,
    ...(isGood ? {} : { faults, raw }),
  };
  // What is not there is not said: most cells of most files.
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null));
}
