import "server-only";
import type { Context } from "../../access/model";
import type { Tx } from "../../platform/db";

type Place = { readonly businessId: bigint; readonly id: bigint };

export type OpenTask = {
  readonly id: bigint;
  readonly journeyId: bigint;
  readonly memberId: bigint;
  readonly title: string;
  readonly createdAt: Date;
};

export async function addTasks(
  tx: Tx,
  journey: Place,
  tasks: readonly { id: bigint; memberId: bigint; title: string }[],
  createdAt: Date,
): Promise<void> {
  if (tasks.length === 0) return;
  await tx.journeyTask.createMany({
    data: tasks.map((task) => ({
      businessId: journey.businessId,
      journeyId: journey.id,
      createdAt,
      ...task,
    })),
  });
}

export async function openTasks(tx: Tx, businessId: bigint, limit: number): Promise<OpenTask[]> {
  return await tx.journeyTask.findMany({
    where: { businessId, doneAt: null },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true, journeyId: true, memberId: true, title: true, createdAt: true },
  });
}

export async function finishTask(tx: Tx, ctx: Context, id: bigint): Promise<boolean> {
  const { count } = await tx.journeyTask.updateMany({
    where: { businessId: ctx.business.id, id, doneAt: null },
    data: { doneAt: ctx.now, staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null },
  });
  return count === 1;
}
