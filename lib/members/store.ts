import "server-only";
import { randomInt } from "node:crypto";
import type { Trace } from "../access";
import { actorId, type Context } from "../access/model";
import { newId } from "../kernel/ids";
import { freshUuid } from "../platform/clock";
import { call, callIn, type Tx } from "../platform/db";
import { survivorOf } from "./merge/store";
import { type Gender, searchText, type Tag } from "./model";

const INVITE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"; // nothing that reads like something else
const INVITE_LENGTH = 8;

export type NewMember = {
  personId: bigint | null;
  inviterId: bigint | null;
  source: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  birthDate: string | null;
  gender: Gender | null;
  /** The browser and network it happened from, where there was one. */
  trace?: Trace | undefined;
};

function inviteCode(): string {
  return Array.from({ length: INVITE_LENGTH }, () => INVITE_ALPHABET[randomInt(INVITE_ALPHABET.length)]).join(
    "",
  );
}

const toDate = (day: string | null) => (day === null ? null : new Date(`${day}T00:00:00Z`));

const ENROL = `SELECT 1 AS ok FROM member_enrol($1::bigint, $2::timestamptz, $3::bigint, $4::bigint, $5, $6::bigint, $7, $8,
  $9, $10, $11, $12::date, $13, $14, $15::bigint, $16, $17::bigint, $18::jsonb)`;

/** Adds a member with audit and news. `news` is what the event says. */
export async function insertMember(
  tx: Tx,
  ctx: Context,
  member: NewMember,
  news: Readonly<Record<string, unknown>>,
): Promise<bigint> {
  const id = newId(ctx.now);
  await callIn(tx, ENROL, [
    ctx.business.id,
    ctx.now,
    id,
    member.personId,
    member.personId === null ? null : freshUuid(),
    member.inviterId,
    member.source,
    inviteCode(),
    member.name,
    member.phone,
    member.email,
    member.birthDate,
    member.gender,
    searchText(member),
    newId(ctx.now),
    ctx.actor.kind,
    actorId(ctx.actor),
    JSON.stringify(news),
  ]);
  return id;
}

export async function linkPerson(tx: Tx, ctx: Context, memberId: bigint, personId: bigint): Promise<void> {
  await tx.member.update({
    where: { businessId_id: { businessId: ctx.business.id, id: memberId } },
    data: { personId, uid: freshUuid() },
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
    return row?.memberId ?? (await survivorOf(tx, businessId, "phone", by.phone));
  }
  const where =
    "personId" in by
      ? { businessId_personId: { businessId, personId: by.personId } }
      : { businessId_inviteCode: { businessId, inviteCode: by.inviteCode } };
  const own = (await tx.member.findUnique({ where, select: { id: true } }))?.id;
  if (own !== undefined) return own;
  return "personId" in by
    ? await survivorOf(tx, businessId, "person", by.personId.toString())
    : await survivorOf(tx, businessId, "invite", by.inviteCode);
}

export async function emailOfPerson(tx: Tx, personId: bigint): Promise<string | null> {
  const row = await tx.personIdentifier.findFirst({
    where: { personId, kind: "email" },
    orderBy: { verifiedAt: "desc" },
    select: { value: true },
  });
  return row?.value ?? null;
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

export async function tagCounts(tx: Tx, businessId: bigint): Promise<(Tag & { members: number })[]> {
  return await callIn(
    tx,
    `SELECT t.id, t.name, (SELECT count(*)::int FROM member_tag m WHERE m.business_id = t.business_id AND m.tag_id = t.id) AS members
     FROM tag t WHERE t.business_id = $1::bigint ORDER BY t.name COLLATE "und-x-icu"`,
    [businessId],
  );
}

export async function renameTag(tx: Tx, businessId: bigint, id: bigint, name: string): Promise<boolean> {
  return (await tx.tag.updateMany({ where: { businessId, id }, data: { name } })).count === 1;
}

/** Deletes a tag; answers how many members had it, nothing when there is none. */
export async function deleteTag(tx: Tx, businessId: bigint, id: bigint): Promise<number | undefined> {
  const { count } = await tx.tag.deleteMany({ where: { businessId, id } });
  if (count === 0) return undefined;
  return (await tx.memberTag.deleteMany({ where: { businessId, tagId: id } })).count;
}

export async function insertTag(tx: Tx, ctx: Context, name: string): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.tag.create({ data: { businessId: ctx.business.id, id, name, createdAt: ctx.now } });
  return id;
}
