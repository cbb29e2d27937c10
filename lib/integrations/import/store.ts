import "server-only";
import type { Context } from "../../access";
import { actorId } from "../../access/model";
import { newId } from "../../kernel/ids";
import { callIn, type Tx } from "../../platform/db";
import type { Kind, Mapping, Report, Run, State } from "./model";
import type { NewImport } from "./schema";

type RunRow = {
  id: bigint;
  kind: string;
  fileName: string;
  state: string;
  bytes: bigint;
  mapping: unknown;
  report: unknown;
  createdAt: Date;
  endedAt: Date | null;
};

// Written by this module alone, from these very types.
const runOf = (row: RunRow): Run => ({
  ...row,
  kind: row.kind as Kind,
  state: row.state as State,
  mapping: row.mapping as Mapping | null,
  report: row.report as Report,
});

export async function insertRun(tx: Tx, ctx: Context, input: NewImport): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.importRun.create({
    data: {
      businessId: ctx.business.id,
      id,
      kind: input.kind,
      fileName: input.fileName,
      state: "uploading",
      staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      report: {},
      createdAt: ctx.now,
    },
  });
  return id;
}

export async function run(tx: Tx, businessId: bigint, id: bigint): Promise<Run | undefined> {
  const row = await tx.importRun.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? runOf(row) : undefined;
}

/** The same, held until the transaction ends. */
export async function holdRun(tx: Tx, businessId: bigint, id: bigint): Promise<Run | undefined> {
  await callIn(
    tx,
    "SELECT 1 AS ok FROM import_run WHERE business_id = $1::bigint AND id = $2::bigint FOR UPDATE",
    [businessId, id],
  );
  return await run(tx, businessId, id);
}

export async function runs(tx: Tx, businessId: bigint, limit: number): Promise<Run[]> {
  const rows = await tx.importRun.findMany({ where: { businessId }, orderBy: { id: "desc" }, take: limit });
  return rows.map(runOf);
}

/** Those whose file was never brought to an end: they and their pieces go. */
export async function abandoned(tx: Tx, businessId: bigint, before: Date): Promise<bigint[]> {
  const rows = await tx.importRun.findMany({
    where: { businessId, state: { in: ["uploading", "mapping", "failed"] }, createdAt: { lt: before } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function forgetRun(tx: Tx, businessId: bigint, id: bigint): Promise<void> {
  await tx.importPiece.deleteMany({ where: { businessId, importId: id } });
  await tx.importRow.deleteMany({ where: { businessId, importId: id } });
  await tx.importRun.deleteMany({ where: { businessId, id } });
}

type Change = { state?: State; mapping?: Mapping; report?: Report; bytes?: bigint; endedAt?: Date | null };

export async function changeRun(tx: Tx, businessId: bigint, id: bigint, change: Change): Promise<void> {
  const { mapping, report, ...plain } = change;
  await tx.importRun.update({
    where: { businessId_id: { businessId, id } },
    data: {
      ...plain,
      ...(mapping && { mapping }),
      ...(report && { report }),
    },
  });
}

/** Keeps a piece; sent again it replaces itself. */
export async function keepPiece(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  no: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await tx.importPiece.upsert({
    where: { businessId_importId_no: { businessId, importId, no } },
    create: { businessId, importId, no, bytes },
    update: { bytes },
  });
}

export async function piece(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  no: number,
): Promise<Uint8Array | undefined> {
  const found = await tx.importPiece.findUnique({
    where: { businessId_importId_no: { businessId, importId, no } },
  });
  return found?.bytes;
}

/** Where each piece of a file begins, and at last where the file ends. */
export async function starts(tx: Tx, businessId: bigint, importId: bigint): Promise<number[]> {
  const rows = await callIn<{ until: bigint }>(
    tx,
    `SELECT (sum(octet_length(bytes)) OVER (ORDER BY no))::bigint AS until FROM import_piece
     WHERE business_id = $1::bigint AND import_id = $2::bigint ORDER BY no`,
    [businessId, importId],
  );
  return [0, ...rows.map(({ until }) => Number(until))];
}

/** How many pieces there are without a gap, and their bytes. */
export async function pieces(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
): Promise<{ count: number; bytes: bigint; isWhole: boolean }> {
  const [found] = await callIn<{ count: number; last: number | null; bytes: bigint }>(
    tx,
    `SELECT count(*)::int AS count, max(no) AS last, coalesce(sum(octet_length(bytes)), 0)::bigint AS bytes FROM import_piece
     WHERE business_id = $1::bigint AND import_id = $2::bigint`,
    [businessId, importId],
  );
  const { count = 0, last = null, bytes = 0n } = found ?? {};
  return { count, bytes, isWhole: count > 0 && last === count - 1 };
}

export async function forgetPieces(tx: Tx, businessId: bigint, importId: bigint): Promise<void> {
  await tx.importPiece.deleteMany({ where: { businessId, importId } });
}

/** Has the planner look at what was just read or posted. */
export async function measure(tx: Tx): Promise<void> {
  await callIn(tx, "SELECT 1 AS ok FROM import_measure()", []);
}

export type Stretch = { readonly after: number; readonly until: number };
export type Posting = {
  readonly programmeVersion: number;
  readonly expiresAt: Date | null;
  readonly comment: string;
};

/** Posts a stretch of rows. */
export async function post(
  tx: Tx,
  ctx: Context,
  { id, kind }: Run,
  { after, until }: Stretch,
  posting: Posting,
): Promise<void> {
  const where = [ctx.business.id, id, after, until, ctx.now, posting.programmeVersion];
  const who = [ctx.actor.kind, actorId(ctx.actor)];
  if (kind === "purchases")
    await callIn(
      tx,
      "SELECT 1 AS ok FROM import_purchases($1::bigint, $2::bigint, $3::int, $4::int, $5::timestamptz, $6::int, $7, $8::bigint)",
      [...where, ...who],
    );
  else
    await callIn(
      tx,
      `SELECT 1 AS ok FROM import_balances($1::bigint, $2::bigint, $3::int, $4::int, $5::timestamptz, $6::int, $7::timestamptz,
         $8, $9, $10::bigint)`,
      [...where, posting.expiresAt, posting.comment, ...who],
    );
}

export type Tally = {
  done: number;
  same: number;
  newMembers: number;
  filled: number;
  postedSum: bigint;
  bookedSum: bigint;
};

/** What became of a stretch of rows: sums as the file has them, and as the books have them. */
export async function tally(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  { after, until }: Stretch,
): Promise<Tally> {
  const [row] = await callIn<{
    done: number;
    same: number;
    made: number;
    filled: number;
    posted: bigint;
    booked: bigint;
  }>(
    tx,
    `SELECT count(*) FILTER (WHERE r.state = 'done')::int AS done, count(*) FILTER (WHERE r.state = 'same')::int AS same,
       count(*) FILTER (WHERE r.made_member)::int AS made,
       count(*) FILTER (WHERE r.state = 'done' AND r.fields IS NOT NULL)::int AS filled,
       coalesce(sum(coalesce(r.total_minor, r.points)) FILTER (WHERE r.state = 'done'), 0)::bigint AS posted,
       coalesce(sum(CASE o.kind WHEN 'purchase' THEN o.total_minor WHEN 'grant' THEN (
         SELECT sum(t.points) FROM transfer t
         WHERE t.business_id = $1::bigint AND t.operation_id = o.id AND t.credit = 'member') END), 0)::bigint AS booked
     FROM import_row r LEFT JOIN operation o ON o.business_id = $1::bigint AND o.id = r.ref
     WHERE r.business_id = $1::bigint AND r.import_id = $2::bigint AND r.no > $3::int AND r.no <= $4::int`,
    [businessId, importId, after, until],
  );
  const { done = 0, same = 0, made = 0, filled = 0, posted = 0n, booked = 0n } = row ?? {};
  return { done, same, newMembers: made, filled, postedSum: posted, bookedSum: booked };
}

/** What of a stretch of rows cannot be taken back any more, and whose it is. */
export async function fixed(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  { after, until }: Stretch,
): Promise<{ memberId: bigint; code: "refunded" | "spent" }[]> {
  return await callIn(
    tx,
    `SELECT member_id AS "memberId", code FROM import_fixed($1::bigint, $2::bigint, $3::int, $4::int)`,
    [businessId, importId, after, until],
  );
}

/** Takes back what stands of a stretch of rows; answers how many rows stood. */
export async function undo(
  tx: Tx,
  ctx: Context,
  importId: bigint,
  { after, until }: Stretch,
  posting: Posting,
): Promise<number> {
  const [row] = await callIn<{ rows: number }>(
    tx,
    "SELECT import_undo($1::bigint, $2::bigint, $3::int, $4::int, $5::timestamptz, $6::int, $7, $8, $9::bigint) AS rows",
    [
      ctx.business.id,
      importId,
      after,
      until,
      ctx.now,
      posting.programmeVersion,
      posting.comment,
      ctx.actor.kind,
      actorId(ctx.actor),
    ],
  );
  return row?.rows ?? 0;
}

/** Lets the members go whom a stretch of rows made and who did nothing else. */
export async function unmake(
  tx: Tx,
  businessId: bigint,
  importId: bigint,
  { after, until }: Stretch,
): Promise<number> {
  const [row] = await callIn<{ gone: number }>(
    tx,
    "SELECT import_unmake($1::bigint, $2::bigint, $3::int, $4::int) AS gone",
    [businessId, importId, after, until],
  );
  return row?.gone ?? 0;
}
