import "server-only";
import type { Context } from "../../access/model";
import type { Tx } from "../../platform/db";

export async function latestVersion(tx: Tx, businessId: bigint): Promise<number> {
  const { _max: max } = await tx.programmeVersion.aggregate({
    where: { businessId },
    _max: { version: true },
  });
  return max.version ?? 0;
}

/** Versions that come into force later, in that order. */
export async function scheduledAfter(
  tx: Tx,
  businessId: bigint,
  now: Date,
): Promise<{ version: number; effectiveAt: Date }[]> {
  return await tx.programmeVersion.findMany({
    where: { businessId, cancelledAt: null, effectiveAt: { gt: now } },
    orderBy: [{ effectiveAt: "asc" }, { version: "asc" }],
    select: { version: true, effectiveAt: true },
  });
}

/** A moment, or that of the version it stands on where that is later. */
export async function notBefore(tx: Tx, businessId: bigint, base: number, at: Date): Promise<Date> {
  const row = await tx.programmeVersion.findFirst({
    where: { businessId, version: base },
    select: { effectiveAt: true },
  });
  return row && row.effectiveAt > at ? row.effectiveAt : at;
}

export async function cancelVersion(tx: Tx, ctx: Context, version: number): Promise<void> {
  await tx.programmeVersion.update({
    where: { businessId_version: { businessId: ctx.business.id, version } },
    data: { cancelledAt: ctx.now },
  });
}

export async function versionsBefore(
  tx: Tx,
  businessId: bigint,
  before: number | null,
  take: number,
): Promise<
  {
    version: number;
    createdAt: Date;
    effectiveAt: Date;
    cancelledAt: Date | null;
    staffName: string | null;
    settings: unknown;
  }[]
> {
  const rows = await tx.programmeVersion.findMany({
    where: { businessId, ...(before === null ? {} : { version: { lt: before } }) },
    orderBy: { version: "desc" },
    take,
  });
  const ids = rows.flatMap((row) => (row.staffId === null ? [] : [row.staffId]));
  const staff = await tx.staff.findMany({
    where: { businessId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return rows.map(({ version, createdAt, effectiveAt, cancelledAt, staffId, settings }) => ({
    version,
    createdAt,
    effectiveAt,
    cancelledAt,
    settings,
    staffName: staff.find(({ id }) => id === staffId)?.name ?? null,
  }));
}
