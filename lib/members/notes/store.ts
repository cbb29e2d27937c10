import "server-only";
import type { Context } from "../../access/model";
import { newId } from "../../kernel/ids";
import type { Tx } from "../../platform/db";

export type NoteRow = { readonly memberId: bigint; readonly staffId: bigint };

export async function countNotes(tx: Tx, businessId: bigint, memberId: bigint): Promise<number> {
  return await tx.memberNote.count({ where: { businessId, memberId } });
}

export async function insertNote(
  tx: Tx,
  ctx: Context,
  note: { memberId: bigint; staffId: bigint; text: string },
): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.memberNote.create({
    data: { businessId: ctx.business.id, id, ...note, createdAt: ctx.now },
  });
  return id;
}

/** A note's author, or nothing. */
export async function authorOf(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  id: bigint,
): Promise<bigint | undefined> {
  const row = await tx.memberNote.findUnique({
    where: { businessId_memberId_id: { businessId, memberId, id } },
    select: { staffId: true },
  });
  return row?.staffId;
}

export async function updateNote(
  tx: Tx,
  ctx: Context,
  note: { memberId: bigint; id: bigint; text: string },
): Promise<void> {
  const { memberId, id, text } = note;
  await tx.memberNote.update({
    where: { businessId_memberId_id: { businessId: ctx.business.id, memberId, id } },
    data: { text, editedAt: ctx.now },
  });
}

export async function deleteNote(tx: Tx, businessId: bigint, memberId: bigint, id: bigint): Promise<void> {
  await tx.memberNote.delete({ where: { businessId_memberId_id: { businessId, memberId, id } } });
}
