import "server-only";
import { newId } from "../kernel/ids";
import { call, type Prisma, type Tx } from "../platform/db";
import { actorId, type Business, type Context } from "./model";

/** A business's row as the database's functions give it, alone or as JSON. */
export type BusinessJson = {
  id: bigint | number;
  name: string;
  slug: string;
  join_code: string;
  currency: string;
  locale: string;
  zone: string;
  accent: string;
  rate_per_second: number;
  rate_burst: number;
};

export function businessOf(row: BusinessJson): Business {
  return {
    id: BigInt(row.id),
    name: row.name,
    slug: row.slug,
    joinCode: row.join_code,
    currency: row.currency,
    locale: row.locale,
    zone: row.zone,
    accent: row.accent,
    ratePerSecond: row.rate_per_second,
    rateBurst: row.rate_burst,
  };
}

export async function findBusiness(by: {
  id?: bigint;
  slug?: string;
  joinCode?: string;
}): Promise<Business | undefined> {
  const [row] = await call<BusinessJson>("business_find", "SELECT * FROM business_find($1, $2, $3)", [
    by.id ?? null,
    by.slug ?? null,
    by.joinCode ?? null,
  ]);
  return row && businessOf(row);
}

export async function businessIds(): Promise<bigint[]> {
  const rows = await call<{ id: bigint }>("business_ids", "SELECT business_ids() AS id", []);
  return rows.map((row) => row.id);
}

export async function insertAudit(
  tx: Tx,
  ctx: Context,
  action: string,
  subject: { kind: string; id: bigint } | null,
  detail: Prisma.InputJsonObject,
): Promise<void> {
  await tx.audit.create({
    data: {
      businessId: ctx.business.id,
      id: newId(ctx.now),
      at: ctx.now,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      action,
      subjectKind: subject?.kind ?? null,
      subjectId: subject?.id ?? null,
      detail,
    },
  });
}
