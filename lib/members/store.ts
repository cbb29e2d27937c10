import "server-only";
import { randomInt, randomUUID } from "node:crypto";
import type { Context } from "../access/model";
import { newId } from "../kernel/ids";
import { call, callIn, type Tx } from "../platform/db";
import { type Gender, type MemberRow, type ShownCode, searchText, type Tag } from "./model";
import type { MemberQuery } from "./schema";

const INVITE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"; // nothing that reads like something else
const INVITE_LENGTH = 8;
const CODE_TRIES = 40;
const CODES = 1_000_000;

export type NewMember = {
  personId: bigint | null;
  inviterId: bigint | null;
  source: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  birthDate: string | null;
  gender: Gender | null;
};

function inviteCode(): string {
  return Array.from({ length: INVITE_LENGTH }, () => INVITE_ALPHABET[randomInt(INVITE_ALPHABET.length)]).join(
    "",
  );
}

const toDate = (day: string | null) => (day === null ? null : new Date(`${day}T00:00:00Z`));

export async function insertMember(tx: Tx, ctx: Context, member: NewMember): Promise<bigint> {
  const businessId = ctx.business.id;
  const id = newId(ctx.now);
  await tx.member.create({
    data: {
      businessId,
      id,
      personId: member.personId,
      uid: member.personId === null ? null : randomUUID(),
      inviterId: member.inviterId,
      source: member.source,
      inviteCode: inviteCode(),
      createdAt: ctx.now,
    },
  });
  const { name, phone, email, birthDate, gender } = member;
  await tx.memberProfile.create({
    data: {
      businessId,
      memberId: id,
      name,
      phone,
      email,
      birthDate: toDate(birthDate),
      gender,
      search: searchText(member),
    },
  });
  await tx.memberStats.create({ data: { businessId, memberId: id } });
  if (member.inviterId !== null) {
    await tx.memberStats.update({
      where: { businessId_memberId: { businessId, memberId: member.inviterId } },
      data: { invitedCount: { increment: 1 } },
    });
  }
  return id;
}

export async function linkPerson(tx: Tx, ctx: Context, memberId: bigint, personId: bigint): Promise<void> {
  await tx.member.update({
    where: { businessId_id: { businessId: ctx.business.id, id: memberId } },
    data: { personId, uid: randomUUID() },
  });
}

export async function memberIdBy(
  tx: Tx,
  businessId: bigint,
  by: { personId: bigint } | { phone: string } | { inviteCode: string },
): Promise<bigint | undefined> {
  if ("phone" in by) {
    const row = await tx.memberProfile.findUnique({
      where: { businessId_phone: { businessId, phone: by.phone } },
      select: { memberId: true },
    });
    return row?.memberId;
  }
  const where =
    "personId" in by
      ? { businessId_personId: { businessId, personId: by.personId } }
      : { businessId_inviteCode: { businessId, inviteCode: by.inviteCode } };
  return (await tx.member.findUnique({ where, select: { id: true } }))?.id;
}

export async function inviteCodeOf(tx: Tx, businessId: bigint, id: bigint): Promise<string | undefined> {
  const row = await tx.member.findUnique({
    where: { businessId_id: { businessId, id } },
    select: { inviteCode: true },
  });
  return row?.inviteCode;
}

export async function memberships(personId: bigint): Promise<{ businessId: bigint; memberId: bigint }[]> {
  const rows = await call<{ business_id: bigint; member_id: bigint }>(
    "memberships_of_person",
    "SELECT * FROM memberships_of_person($1)",
    [personId],
  );
  return rows.map((row) => ({ businessId: row.business_id, memberId: row.member_id }));
}

export async function profileOf(tx: Tx, businessId: bigint, memberId: bigint) {
  return await tx.memberProfile.findUnique({ where: { businessId_memberId: { businessId, memberId } } });
}

export type ProfileChange = {
  name?: string | null;
  phone?: string | null;
  email?: string | null;
  birthDate?: string | null;
  gender?: Gender | null;
  note?: string | null;
};

export async function updateProfile(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  change: ProfileChange,
): Promise<boolean> {
  const before = await profileOf(tx, businessId, memberId);
  if (!before) return false;
  const { birthDate, ...plain } = change;
  const after = { ...before, ...plain };
  await tx.memberProfile.update({
    where: { businessId_memberId: { businessId, memberId } },
    data: {
      ...plain,
      ...(birthDate === undefined ? {} : { birthDate: toDate(birthDate) }),
      search: searchText(after),
    },
  });
  return true;
}

export async function setBlocked(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  blockedAt: Date | null,
): Promise<boolean> {
  const { count } = await tx.member.updateMany({ where: { businessId, id: memberId }, data: { blockedAt } });
  // A decision made before the block must not be posted after it.
  if (count)
    await tx.memberStats.updateMany({ where: { businessId, memberId }, data: { version: { increment: 1 } } });
  return count === 1;
}

/** The member's code with the most life left, if it lives to `until` at least. */
export async function liveCode(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  until: Date,
): Promise<ShownCode | undefined> {
  const row = await tx.memberCode.findFirst({
    where: { businessId, memberId, usedAt: null, expiresAt: { gt: until }, code: { not: { contains: "-" } } },
    orderBy: { expiresAt: "desc" },
  });
  return row ? { code: row.code, expiresAt: row.expiresAt } : undefined;
}

/** Takes a free six-digit code for a member; a spent or dead one is free again. Nothing when the dice find none. */
export async function takeCode(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  expiresAt: Date,
): Promise<ShownCode | undefined> {
  for (let tries = 0; tries < CODE_TRIES; tries += 1) {
    const code = String(randomInt(CODES)).padStart(6, "0");
    const rows = await callIn<{ code: string }>(
      tx,
      `INSERT INTO member_code (business_id, code, member_id, issued_at, expires_at)
       VALUES ($1::bigint, $2, $3::bigint, $4::timestamptz, $5::timestamptz)
       ON CONFLICT (business_id, code) DO UPDATE
         SET member_id = excluded.member_id, issued_at = excluded.issued_at, expires_at = excluded.expires_at, used_at = NULL
         WHERE member_code.used_at IS NOT NULL OR member_code.expires_at <= excluded.issued_at
       RETURNING code`,
      [ctx.business.id, code, memberId, ctx.now, expiresAt],
    );
    if (rows.length === 1) return { code, expiresAt };
  }
  return undefined;
}

/** A code for a purchase made later; the dash tells it from the ones people read out. */
export async function takeLongCode(
  tx: Tx,
  ctx: Context,
  memberId: bigint,
  expiresAt: Date,
): Promise<ShownCode> {
  const code = `L-${randomUUID()}`;
  await tx.memberCode.create({
    data: { businessId: ctx.business.id, code, memberId, issuedAt: ctx.now, expiresAt },
  });
  return { code, expiresAt };
}

export async function forgetDeadCodes(tx: Tx, businessId: bigint, before: Date): Promise<number> {
  return (await tx.memberCode.deleteMany({ where: { businessId, expiresAt: { lt: before } } })).count;
}

export async function tags(tx: Tx, businessId: bigint): Promise<Tag[]> {
  return await tx.tag.findMany({
    where: { businessId },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}

export async function tagsOf(tx: Tx, businessId: bigint, memberId: bigint): Promise<Tag[]> {
  const held = await tx.memberTag.findMany({ where: { businessId, memberId }, select: { tagId: true } });
  return await tx.tag.findMany({
    where: { businessId, id: { in: held.map((row) => row.tagId) } },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
}

export async function replaceTags(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  tagIds: readonly bigint[],
): Promise<void> {
  await tx.memberTag.deleteMany({ where: { businessId, memberId } });
  await tx.memberTag.createMany({ data: tagIds.map((tagId) => ({ businessId, memberId, tagId })) });
}

export async function knownTags(tx: Tx, businessId: bigint, tagIds: readonly bigint[]): Promise<number> {
  return await tx.tag.count({ where: { businessId, id: { in: [...tagIds] } } });
}

export async function insertTag(tx: Tx, ctx: Context, name: string): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.tag.create({ data: { businessId: ctx.business.id, id, name, createdAt: ctx.now } });
  return id;
}

type ListRow = {
  id: bigint;
  name: string | null;
  phone: string | null;
  email: string | null;
  tier_id: string;
  points: bigint;
  visits: number;
  cash_spent_minor: bigint;
  last_at: Date | null;
  blocked_at: Date | null;
};

const LIST_COLUMNS = `m.id, p.name, p.phone, p.email, s.tier_id, s.points, s.visits, s.cash_spent_minor, s.last_at, m.blocked_at`;
const LIST_JOINS = `JOIN member m ON m.business_id = s.business_id AND m.id = s.member_id
  LEFT JOIN member_profile p ON p.business_id = s.business_id AND p.member_id = s.member_id`;
/** A search looks at this many hits at the most, so that a common name costs no more than a rare one. */
const SEARCH_HITS_MAX = 1_000;

/** One page of members; the cursor is "<last_at ms or 0>_<id>" of the last row before. */
export async function listMembers(tx: Tx, businessId: bigint, query: MemberQuery): Promise<MemberRow[]> {
  const [ms, id] = (query.cursor ?? "").split("_");
  const after = query.cursor && id && /^\d+$/.test(id) ? { at: new Date(Number(ms)), id: BigInt(id) } : null;
  const rows = query.search
    ? await callIn<ListRow>(
        tx,
        `WITH hit AS (
           SELECT member_id FROM member_profile WHERE business_id = $1::bigint AND search LIKE $2 LIMIT ${SEARCH_HITS_MAX})
         SELECT ${LIST_COLUMNS} FROM hit JOIN member_stats s ON s.business_id = $1::bigint AND s.member_id = hit.member_id
         ${LIST_JOINS} ORDER BY s.last_at DESC NULLS LAST, s.member_id DESC OFFSET $4::int LIMIT $3::int`,
        [
          businessId,
          `%${query.search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`,
          query.limit,
          Number(query.cursor ?? 0),
        ],
      )
    : query.sort === "newest"
      ? await callIn<ListRow>(
          tx,
          `SELECT ${LIST_COLUMNS} FROM member_stats s ${LIST_JOINS}
           WHERE s.business_id = $1::bigint AND ($2::bigint IS NULL OR s.member_id < $2::bigint)
           ORDER BY s.member_id DESC LIMIT $3::int`,
          [businessId, after?.id ?? null, query.limit],
        )
      : await callIn<ListRow>(
          tx,
          `SELECT ${LIST_COLUMNS} FROM member_stats s ${LIST_JOINS}
           WHERE s.business_id = $1::bigint AND s.last_at IS NOT NULL AND ($2::timestamptz IS NULL OR s.last_at <= $2::timestamptz)
             AND ($2::timestamptz IS NULL OR (s.last_at, s.member_id) < ($2::timestamptz, $4::bigint))
           ORDER BY s.last_at DESC, s.member_id DESC LIMIT $3::int`,
          [businessId, after?.at ?? null, query.limit, after?.id ?? null],
        );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    tierId: row.tier_id,
    points: row.points,
    visits: row.visits,
    cashSpentMinor: row.cash_spent_minor,
    lastAt: row.last_at,
    blockedAt: row.blocked_at,
  }));
}

export async function memberIds(
  tx: Tx,
  businessId: bigint,
  page: { after: bigint | null; skip: number; limit: number },
): Promise<bigint[]> {
  const rows = await tx.member.findMany({
    where: { businessId, ...(page.after === null ? {} : { id: { gt: page.after } }) },
    select: { id: true },
    orderBy: { id: "asc" },
    skip: page.skip,
    take: page.limit,
  });
  return rows.map((row) => row.id);
}

export async function countMembers(tx: Tx, businessId: bigint): Promise<number> {
  return await tx.memberStats.count({ where: { businessId } });
}
