import "server-only";
import type { Context } from "../access/model";
import { newId } from "../kernel/ids";
import { callIn, type Prisma, type Tx } from "../platform/db";
import { type Content, fallbackOrder, PRIORITY, type Queueing } from "./model";

/** Plain data on its way into a jsonb column. */
export const toJson = (value: object): Prisma.InputJsonObject => value;

export async function keepContent(tx: Tx, ctx: Context, content: Content): Promise<bigint> {
  const id = newId(ctx.now);
  await tx.messageContent.create({ data: { businessId: ctx.business.id, id, content: toJson(content) } });
  return id;
}

export async function hasTemplate(
  tx: Tx,
  businessId: bigint,
  templateId: bigint,
  version: number,
): Promise<boolean> {
  const where = { businessId_templateId_version: { businessId, templateId, version } };
  return (await tx.templateVersion.findUnique({ where, select: { version: true } })) !== null;
}

export async function hasMember(tx: Tx, businessId: bigint, id: bigint): Promise<boolean> {
  return (
    (await tx.member.findUnique({ where: { businessId_id: { businessId, id } }, select: { id: true } })) !==
    null
  );
}

export async function idOfKey(tx: Tx, businessId: bigint, key: string): Promise<bigint | undefined> {
  const row = await tx.message.findUnique({
    where: { businessId_key: { businessId, key } },
    select: { id: true },
  });
  return row?.id;
}

type Kept = {
  readonly contentId: bigint | null;
  readonly templateId: bigint | null;
  readonly version: number | null;
};

/** Answers whether the row is new; another transaction may have had the key first. */
export async function insertMessage(
  tx: Tx,
  ctx: Context,
  message: Queueing & Kept & { readonly id: bigint; readonly memberId: bigint; readonly key: string },
): Promise<boolean> {
  const channels = fallbackOrder(message.channels);
  const { count } = await tx.message.createMany({
    data: {
      businessId: ctx.business.id,
      id: message.id,
      memberId: message.memberId,
      key: message.key,
      purpose: message.purpose,
      kind: message.kind,
      channels,
      lane: channels[0] ?? "inbox",
      priority: PRIORITY[message.purpose],
      contentId: message.contentId,
      templateId: message.templateId,
      templateVersion: message.version,
      variables: toJson(message.variables ?? {}),
      sourceKind: message.source.kind,
      sourceId: message.source.id,
      sourceStep: message.source.step ?? null,
      sourceVariant: message.source.variant ?? null,
      createdAt: ctx.now,
      dueAt: message.notBefore ?? ctx.now,
      expiresAt: message.expiresAt ?? null,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export async function insertMessages(
  tx: Tx,
  ctx: Context,
  message: Queueing & Kept & { readonly memberIds: readonly bigint[]; readonly key: string },
): Promise<number> {
  const { source } = message;
  const [row] = await callIn<{ count: bigint }>(
    tx,
    `SELECT queue_messages($1::bigint, $2::bigint[], $3, $4, $5, $6::text[], $7::bigint, $8::bigint, $9::int, $10::jsonb, $11, $12,
       $13, $14, $15::timestamptz, $16::timestamptz, $17::timestamptz) AS count`,
    [
      ctx.business.id,
      message.memberIds,
      message.key,
      message.purpose,
      message.kind,
      fallbackOrder(message.channels),
      message.contentId,
      message.templateId,
      message.version,
      JSON.stringify(message.variables ?? {}),
      source.kind,
      source.id,
      source.step ?? null,
      source.variant ?? null,
      ctx.now,
      message.notBefore ?? ctx.now,
      message.expiresAt ?? null,
    ],
  );
  return Number(row?.count ?? 0n);
}
