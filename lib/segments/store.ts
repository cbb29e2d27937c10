import "server-only";
import type { Context } from "../access/model";
import { itemsEver } from "../catalog";
import type { Day } from "../kernel/time";
import { callIn, type Prisma, type Tx } from "../platform/db";
import { type CompileFor, compile } from "./compile/compile";
import type { Segment, SegmentMember, SizeDay } from "./model";
import type { Rule } from "./rule/model";

/** The members a rule holds for, by SQL. */
export async function membersOfRule(tx: Tx, rule: Rule, asked: CompileFor): Promise<bigint[]> {
  const { from, where, values } = compile(rule, asked);
  const rows = await callIn<{ member_id: bigint }>(
    tx,
    `SELECT s.member_id FROM ${from} WHERE ${where}`,
    values,
  );
  return rows.map((row) => row.member_id);
}

export type Answer = { readonly memberId: bigint; readonly isIn: boolean; readonly nextAt: Date | null };

/** A rule's answer for some members by SQL, with the earliest instant at which time alone could change it. */
export async function askMembers(tx: Tx, rule: Rule, asked: CompileFor): Promise<Answer[]> {
  const { from, among, is, next, values } = compile(rule, { ...asked, wantsNext: true });
  const rows = await callIn<{ member_id: bigint; is_in: boolean; next_at: Date | null }>(
    tx,
    `SELECT s.member_id, coalesce(${is}, false) AS is_in, ${next ?? "NULL::timestamptz"} AS next_at
     FROM ${from} WHERE ${among}`,
    values,
  );
  return rows.map((row) => ({ memberId: row.member_id, isIn: row.is_in, nextAt: row.next_at }));
}

/** A kept segment; its rule was checked when it was saved. */
function segmentOf(row: Prisma.SegmentGetPayload<object>): Kept {
  const { id, name, version, size, topics, updatedAt, builtAt, builtVersion, checksUntil, archivedAt } = row;
  const { buildAfter, buildSince, buildTold, buildDone, buildTotal } = row;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rules enter through ruleSchema alone
  const rule = row.rule as unknown as Rule;
  const isUnderWay = buildAfter !== null && buildSince !== null && buildTold !== null;
  const counted = { done: buildDone ?? 0, total: buildTotal ?? 0 };
  return {
    id,
    name,
    version,
    rule,
    size,
    topics,
    updatedAt,
    builtAt,
    builtVersion,
    checksUntil,
    archivedAt,
    build: isUnderWay ? { after: buildAfter, since: buildSince, isTold: buildTold, ...counted } : null,
    counting: isUnderWay && builtVersion !== version ? counted : null,
  };
}

/** How far deciding everybody part by part is: members up to `after` are decided, `done` of `total`. */
export type Build = {
  readonly after: bigint;
  readonly since: Date;
  readonly isTold: boolean;
  readonly done: number;
  readonly total: number;
};

export type Kept = Segment & {
  readonly topics: readonly string[];
  readonly builtVersion: number;
  readonly checksUntil: Date | null;
  readonly build: Build | null;
};

/** The segments in use, by name. */
export async function segments(tx: Tx, businessId: bigint): Promise<Kept[]> {
  const rows = await tx.segment.findMany({
    where: { businessId, archivedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(segmentOf);
}

export async function segment(tx: Tx, businessId: bigint, id: bigint): Promise<Kept | undefined> {
  const row = await tx.segment.findUnique({ where: { businessId_id: { businessId, id } } });
  return row ? segmentOf(row) : undefined;
}

/**
 * One at a time saves segments, so that two saves cannot close a circle together, and while nobody decides by rules read before:
 * who decides takes a share before reading them.
 */
export async function lockSaving(tx: Tx, businessId: bigint, isShared = false): Promise<void> {
  const lock = isShared ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await callIn(tx, `SELECT 1 AS ok FROM ${lock}(1263553617, hashint8($1::bigint))`, [businessId]);
}

export type Save = { readonly name: string; readonly rule: Rule; readonly topics: readonly string[] };

export async function insertSegment(tx: Tx, ctx: Context, id: bigint, save: Save): Promise<void> {
  const { name, rule, topics } = save;
  const at = ctx.now;
  await tx.segment.create({
    data: {
      businessId: ctx.business.id,
      id,
      name,
      version: 1,
      rule,
      topics: [...topics],
      createdAt: at,
      updatedAt: at,
    },
  });
  await insertVersion(tx, ctx, id, 1, save);
}

/** Saves the next version; nothing when the one it was made from is not the last. */
export async function updateSegment(
  tx: Tx,
  ctx: Context,
  id: bigint,
  version: number,
  save: Save,
): Promise<boolean> {
  const { name, rule, topics } = save;
  const { count } = await tx.segment.updateMany({
    where: { businessId: ctx.business.id, id, version, archivedAt: null },
    data: { name, rule, topics: [...topics], version: version + 1, updatedAt: ctx.now },
  });
  if (count === 1) await insertVersion(tx, ctx, id, version + 1, save);
  return count === 1;
}

async function insertVersion(
  tx: Tx,
  ctx: Context,
  segmentId: bigint,
  version: number,
  { name, rule }: Save,
): Promise<void> {
  const staffId = ctx.actor.kind === "staff" ? ctx.actor.id : null;
  await tx.segmentVersion.create({
    data: { businessId: ctx.business.id, segmentId, version, name, rule, at: ctx.now, staffId },
  });
}

export async function archive(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  const businessId = ctx.business.id;
  await tx.segment.update({
    where: { businessId_id: { businessId, id } },
    data: { archivedAt: ctx.now, size: 0, checksUntil: null },
  });
  await tx.segmentMember.deleteMany({ where: { businessId, segmentId: id } });
  await tx.segmentCheck.deleteMany({ where: { businessId, segmentId: id } });
}

/** Sizes by day since a day, oldest first. */
export async function sizes(
  tx: Tx,
  businessId: bigint,
  ids: readonly bigint[],
  since: Day,
): Promise<(SizeDay & { segmentId: bigint })[]> {
  const rows = await tx.segmentDay.findMany({
    where: { businessId, segmentId: { in: [...ids] }, day: { gte: new Date(`${since}T00:00:00Z`) } },
    orderBy: { day: "asc" },
  });
  return rows.map(({ segmentId, day, size, entered, left }) => ({
    segmentId,
    day: day.toISOString().slice(0, 10),
    size,
    entered,
    left,
  }));
}

type MemberRow = {
  id: bigint;
  name: string | null;
  phone: string | null;
  email: string | null;
  entered_at: Date;
  visits: number;
  last_at: Date | null;
};

/** A page of who is in, newest members first; ids below the cursor. */
export async function members(
  tx: Tx,
  businessId: bigint,
  segmentId: bigint,
  page: { readonly before: bigint | null; readonly limit: number },
): Promise<SegmentMember[]> {
  const rows = await callIn<MemberRow>(
    tx,
    `SELECT x.member_id AS id, p.name, p.phone, p.email, x.entered_at, s.visits, s.last_at FROM segment_member x
     JOIN member_stats s ON s.business_id = x.business_id AND s.member_id = x.member_id
     LEFT JOIN member_profile p ON p.business_id = x.business_id AND p.member_id = x.member_id
     WHERE x.business_id = $1::bigint AND x.segment_id = $2::bigint AND ($3::bigint IS NULL OR x.member_id < $3::bigint)
     ORDER BY x.member_id DESC LIMIT $4::int`,
    [businessId, segmentId, page.before, page.limit],
  );
  return rows.map(({ entered_at, last_at, ...row }) => ({ ...row, enteredAt: entered_at, lastAt: last_at }));
}

/** The segments a member is in. */
export async function segmentsOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
): Promise<{ id: bigint; name: string; enteredAt: Date }[]> {
  const rows = await callIn<{ id: bigint; name: string; entered_at: Date }>(
    tx,
    `SELECT g.id, g.name, x.entered_at FROM segment_member x
     JOIN segment g ON g.business_id = x.business_id AND g.id = x.segment_id AND g.archived_at IS NULL
     WHERE x.business_id = $1::bigint AND x.member_id = $2::bigint ORDER BY g.name, g.id`,
    [businessId, memberId],
  );
  return rows.map(({ entered_at, ...row }) => ({ ...row, enteredAt: entered_at }));
}

export type Named = {
  readonly id: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
};

export async function named(tx: Tx, businessId: bigint, ids: readonly bigint[]): Promise<Named[]> {
  const rows = await tx.memberProfile.findMany({
    where: { businessId, memberId: { in: [...ids] } },
    select: { memberId: true, name: true, phone: true, email: true },
    orderBy: { memberId: "desc" },
  });
  return rows.map(({ memberId, ...row }) => ({ id: memberId, ...row }));
}

/** `isOver`: sold no more; what asks about it still calls it so. */
export type Choice = { readonly value: number | string; readonly name: string; readonly isOver?: true };
export type Choices = Readonly<
  Record<"tags" | "item" | "category" | "location" | "staff", readonly Choice[]>
>;

/** What the business's own things are called, for the builder and for sentences. */
export async function choices(tx: Tx, businessId: bigint): Promise<Choices> {
  const where = { businessId };
  const [tags, items, locations, staff] = await Promise.all([
    tx.tag.findMany({ where, orderBy: { name: "asc" }, take: 1_000 }),
    itemsEver(tx, businessId),
    tx.location.findMany({ where, orderBy: { name: "asc" } }),
    tx.staff.findMany({ where, orderBy: { name: "asc" } }),
  ]);
  const numbered = (rows: readonly { id: bigint; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: Number(id), name }));
  const categories = [...new Set(items.flatMap(({ category }) => category ?? []))].toSorted((a, b) =>
    a.localeCompare(b),
  );
  return {
    tags: numbered(tags),
    item: items.map(({ id, name, archivedAt }) => ({
      value: Number(id),
      name,
      ...(archivedAt !== null && { isOver: true as const }),
    })),
    category: categories.map((name) => ({ value: name, name })),
    location: numbered(locations),
    staff: numbered(staff),
  };
}
