import "server-only";
import { z } from "zod";
import type { Context } from "../../access/model";
import { newId } from "../../kernel/ids";
import type { Tx } from "../../platform/db";
import { KINDS, PURPOSES } from "../model";
import { toJson } from "../store";
import { contentSchema, type TemplateDraft } from "../template/schema";

const row = z.object({
  id: z.bigint(),
  name: z.string(),
  purpose: z.enum(PURPOSES),
  kind: z.enum(KINDS).catch("news"),
  version: z.number(),
  createdAt: z.date(),
  archivedAt: z.date().nullable(),
});
const full = row.extend({ content: contentSchema });
export type Template = z.output<typeof full>;

const TEMPLATES_MAX = 500;

export async function list(tx: Tx, businessId: bigint): Promise<Template[]> {
  const rows = await tx.template.findMany({
    where: { businessId, archivedAt: null },
    orderBy: { name: "asc" },
    take: TEMPLATES_MAX,
  });
  const versions = await tx.templateVersion.findMany({
    where: { businessId, OR: rows.map(({ id, version }) => ({ templateId: id, version })) },
  });
  const contentOf = new Map(versions.map(({ templateId, content }) => [templateId, content]));
  return rows.flatMap((one) => {
    const parsed = full.safeParse({ ...one, content: contentOf.get(one.id) });
    return parsed.success ? [parsed.data] : [];
  });
}

export async function find(tx: Tx, businessId: bigint, id: bigint): Promise<Template | undefined> {
  const one = await tx.template.findUnique({ where: { businessId_id: { businessId, id } } });
  if (!one) return undefined;
  const where = { businessId_templateId_version: { businessId, templateId: id, version: one.version } };
  const version = await tx.templateVersion.findUnique({ where });
  return full.parse({ ...one, content: version?.content });
}

export async function insert(tx: Tx, ctx: Context, draft: TemplateDraft): Promise<bigint> {
  const { name, purpose, kind } = draft;
  const id = newId(ctx.now);
  const businessId = ctx.business.id;
  await tx.template.create({ data: { businessId, id, name, purpose, kind, version: 1, createdAt: ctx.now } });
  await insertVersion(tx, ctx, { id, version: 1, draft });
  return id;
}

/** Answers false when somebody else saved meanwhile. */
export async function update(tx: Tx, ctx: Context, id: bigint, draft: TemplateDraft): Promise<boolean> {
  const { name, purpose, kind, basedOn } = draft;
  const version = basedOn + 1;
  const { count } = await tx.template.updateMany({
    where: { businessId: ctx.business.id, id, version: basedOn },
    data: { name, purpose, kind, version, archivedAt: null },
  });
  if (count === 1) await insertVersion(tx, ctx, { id, version, draft });
  return count === 1;
}

async function insertVersion(
  tx: Tx,
  ctx: Context,
  { id, version, draft }: { id: bigint; version: number; draft: TemplateDraft },
): Promise<void> {
  const staffId = ctx.actor.kind === "staff" ? ctx.actor.id : null;
  const content = toJson(draft.content);
  const businessId = ctx.business.id;
  await tx.templateVersion.create({
    data: { businessId, templateId: id, version, content, createdAt: ctx.now, staffId },
  });
}

export async function archive(tx: Tx, ctx: Context, id: bigint): Promise<boolean> {
  const { count } = await tx.template.updateMany({
    where: { businessId: ctx.business.id, id, archivedAt: null },
    data: { archivedAt: ctx.now },
  });
  return count === 1;
}

export async function emailOfStaff(tx: Tx, businessId: bigint, id: bigint): Promise<string | null> {
  const staff = await tx.staff.findUnique({
    where: { businessId_id: { businessId, id } },
    select: { email: true },
  });
  return staff?.email ?? null;
}

export async function memberOfEmail(tx: Tx, businessId: bigint, email: string): Promise<bigint | undefined> {
  const profile = await tx.memberProfile.findFirst({
    where: { businessId, email },
    select: { memberId: true },
  });
  return profile?.memberId;
}
