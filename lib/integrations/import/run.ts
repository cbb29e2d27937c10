import "server-only";
/** What the staff does with an import: begins it, says how to read it, lets it run, stops it, takes it back. */
import { audit, type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { customFields } from "../../members";
import { type Tx, withBusiness } from "../../platform/db";
import { enqueue } from "../../platform/jobs";
import { check } from "./check";
import { lookAt } from "./look";
import { FILE_BYTES_MAX, lacking, type Mapping, PIECE_BYTES, type Run, type State } from "./model";
import { post, takeBack } from "./post";
import * as rowStore from "./rows/store";
import type { NewImport } from "./schema";
import * as store from "./store";

export const IMPORT_JOB = "import";
const LIST = 100;
const ABANDONED_MS = 7 * 86_400_000;

/** The last hundred imports, newest first. */
export async function listImports(ctx: Context): Promise<Run[]> {
  require(ctx, "imports:write");
  return await withBusiness(ctx.business.id, (tx) => store.runs(tx, ctx.business.id, LIST));
}

/** One import. Refuses: `not_found`. */
export async function findImport(ctx: Context, id: bigint): Promise<Run> {
  require(ctx, "imports:write");
  const found = await withBusiness(ctx.business.id, (tx) => store.run(tx, ctx.business.id, id));
  if (!found) throw new Refused("not_found");
  return found;
}

/** Begins an import, to which the pieces of its file are then sent. Answers its id. */
export async function beginImport(ctx: Context, input: NewImport): Promise<bigint> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    for (const old of await store.abandoned(tx, id, new Date(ctx.now.getTime() - ABANDONED_MS)))
      await store.forgetRun(tx, id, old);
    const importId = await store.insertRun(tx, ctx, input);
    await audit(
      tx,
      ctx,
      "import.begin",
      { kind: "import", id: importId },
      { kind: input.kind, bytes: input.bytes },
    );
    return importId;
  });
}

/** Keeps one piece of the file. Refuses: `too_large`, `stale` once the file is complete. */
export async function addPiece(
  ctx: Context,
  importId: bigint,
  no: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  require(ctx, "imports:write");
  if (bytes.byteLength > PIECE_BYTES || no * PIECE_BYTES >= FILE_BYTES_MAX) throw new Refused("too_large");
  await withBusiness(ctx.business.id, async (tx) => {
    await held(tx, ctx, importId, ["uploading"]);
    await store.keepPiece(tx, ctx.business.id, importId, no, bytes);
  });
}

async function held(tx: Tx, ctx: Context, importId: bigint, states: readonly State[]): Promise<Run> {
  const run = await store.holdRun(tx, ctx.business.id, importId);
  if (!run) throw new Refused("not_found");
  if (!states.includes(run.state)) throw new Refused("stale");
  return run;
}

/** Closes the file and looks at its beginning: what it is, and what its columns probably hold. Refuses: `stale` while pieces lack. */
export async function completeFile(ctx: Context, importId: bigint): Promise<void> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  const run = await findImport(ctx, importId);
  const { bytes, isWhole } = await withBusiness(id, (tx) => store.pieces(tx, id, importId));
  if (!isWhole) throw new Refused("stale");
  const looked = await lookAt(ctx, run);
  await withBusiness(id, async (tx) => {
    await held(tx, ctx, importId, ["uploading"]);
    await store.changeRun(tx, id, importId, { bytes, ...looked });
  });
}

/**
 * Says how the file is read, and has it read through.
 *
 * Refuses: `invalid` with what the mapping lacks, or `fields` for own fields that are not in use or a file that fills none.
 */
export async function checkImport(ctx: Context, importId: bigint, mapping: Mapping): Promise<void> {
  const own = Object.keys(mapping.fields ?? {});
  const known = own.length === 0 ? [] : await customFields(ctx);
  const inUse = new Set(known.flatMap(({ id, archivedAt }) => (archivedAt === null ? [id.toString()] : [])));
  await begin(ctx, importId, ["mapping", "checked", "failed"], "checking", async (tx, run) => {
    const [lack] = lacking(run.kind, mapping);
    if (lack !== undefined) throw new Refused("invalid", { field: lack });
    if (own.length > 0 && (run.kind !== "members" || own.some((one) => !inUse.has(one))))
      throw new Refused("invalid", { field: "fields" });
    // A file that was refused as a whole has nothing to map.
    if (run.report.sample === undefined) throw new Refused("stale");
    const { format, sample, encoding, separator, preset, guess: first } = run.report;
    const report = {
      format,
      sample,
      encoding,
      separator,
      preset: preset ?? null,
      ...(first && { guess: first }),
    };
    await store.changeRun(tx, ctx.business.id, importId, { mapping, report: clean(report) });
  });
}

const clean = (report: object): Run["report"] =>
  Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined));

/** Brings the good rows of a read file in. */
export async function postImport(ctx: Context, importId: bigint): Promise<void> {
  await begin(ctx, importId, ["checked", "stopped"], "posting");
}

/** Stops what is under way; it can go on, or be taken back. A reading that is stopped goes back to the columns. */
export async function stopImport(ctx: Context, importId: bigint): Promise<void> {
  require(ctx, "imports:write");
  await withBusiness(ctx.business.id, async (tx) => {
    const { state } = await held(tx, ctx, importId, ["checking", "posting"]);
    const next = state === "checking" ? "mapping" : "stopped";
    await store.changeRun(tx, ctx.business.id, importId, { state: next });
    await audit(tx, ctx, "import.stop", { kind: "import", id: importId });
  });
}

/**
 * Takes back everything an import brought. Where something happened since that cannot be undone (a purchase refunded, a balance
 * spent), nothing is, and the run's `blocked` says what; `leaves`: take back the rest.
 */
export async function undoImport(ctx: Context, importId: bigint, leaves = false): Promise<void> {
  await begin(ctx, importId, ["done", "stopped"], "undoing", async (tx, { report }) => {
    const { blocked: _blocked, ...rest } = report;
    await store.changeRun(tx, ctx.business.id, importId, { report: { ...rest, leaves } });
  });
}

/** Forgets an import that brought nothing. Refuses: `stale` for one that did. */
export async function dropImport(ctx: Context, importId: bigint): Promise<void> {
  require(ctx, "imports:write");
  await withBusiness(ctx.business.id, async (tx) => {
    await held(tx, ctx, importId, ["uploading", "mapping", "checked", "failed"]);
    await store.forgetRun(tx, ctx.business.id, importId);
    await audit(tx, ctx, "import.drop", { kind: "import", id: importId });
  });
}

async function begin(
  ctx: Context,
  importId: bigint,
  from: readonly State[],
  to: "checking" | "posting" | "undoing",
  also: (tx: Tx, run: Run) => Promise<void> = async () => {},
): Promise<void> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    const run = await held(tx, ctx, importId, from);
    await also(tx, run);
    await store.changeRun(tx, id, importId, { state: to, endedAt: null });
    await audit(tx, ctx, `import.${to}`, { kind: "import", id: importId });
    await enqueue(
      tx,
      IMPORT_JOB,
      { businessId: id.toString(), importId: importId.toString() },
      `import:${id}:${importId}`,
    );
  });
}

/** Does what an import waits for; the job's. Safe to run again at any point. */
export async function runImport(
  ctx: Context,
  importId: bigint,
  stopping: () => boolean = () => false,
): Promise<void> {
  require(ctx, "jobs:run");
  const run = await withBusiness(ctx.business.id, (tx) => store.run(tx, ctx.business.id, importId));
  if (run?.state === "checking") await check(ctx, run, stopping);
  else if (run?.state === "posting") await post(ctx, run, stopping);
  else if (run?.state === "undoing") await takeBack(ctx, run, stopping);
}

const FAULTS_PAGE = 1_000;

/** Rows with faults, a thousand at a time. */
export async function* faultyRows(ctx: Context, importId: bigint): AsyncGenerator<rowStore.BadRow[]> {
  require(ctx, "imports:write");
  const { id } = ctx.business;
  for (let after = 0; ; ) {
    const rows = await withBusiness(id, (tx) => rowStore.badRows(tx, id, importId, after, FAULTS_PAGE));
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.no;
  }
}

/** The first rows with faults, for the report. */
export async function firstFaults(ctx: Context, importId: bigint, limit: number): Promise<rowStore.BadRow[]> {
  require(ctx, "imports:write");
  return await withBusiness(ctx.business.id, (tx) =>
    rowStore.badRows(tx, ctx.business.id, importId, 0, limit),
  );
}

/** Those because of whom an import could not be taken back, some of them. */
export async function blockedBy(ctx: Context, run: Run): Promise<{ id: bigint; name: string | null }[]> {
  require(ctx, "imports:write");
  const ids = (run.report.blocked?.members ?? []).map(BigInt);
  if (ids.length === 0) return [];
  return await withBusiness(ctx.business.id, (tx) => rowStore.namesOf(tx, ctx.business.id, ids));
}
