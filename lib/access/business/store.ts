import "server-only";
import { Refused } from "../../kernel/refusals";
import { type Tx, violatedConstraint } from "../../platform/db";
import type { Business } from "../model";

export type BusinessFields = Omit<Business, "ratePerSecond" | "rateBurst">;

/** Refuses: `name_taken` when the slug or join code is another business's already. */
export async function insertBusiness(tx: Tx, row: BusinessFields, now: Date): Promise<void> {
  try {
    await tx.business.create({ data: { ...row, createdAt: now } });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("name_taken");
    throw error;
  }
}

export async function updateBusiness(
  tx: Tx,
  id: bigint,
  data: Pick<Business, "name" | "currency" | "locale" | "zone" | "accent">,
): Promise<void> {
  await tx.business.update({ where: { id }, data });
}

export async function auditRows(
  tx: Tx,
  businessId: bigint,
  page: {
    before: bigint | undefined;
    take: number;
    subject: { kind: string; id: bigint } | undefined;
  },
) {
  return await tx.audit.findMany({
    where: {
      businessId,
      ...(page.before === undefined ? {} : { id: { lt: page.before } }),
      ...(page.subject ? { subjectKind: page.subject.kind, subjectId: page.subject.id } : {}),
    },
    omit: { businessId: true },
    orderBy: { id: "desc" },
    take: page.take,
  });
}
