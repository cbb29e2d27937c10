import "server-only";
import type { Tx } from "../../platform/db";
import type { Outcome } from "../engine/effects";
import type { Words } from "../engine/gifts";

/** Steps of these runs that were carried out before, as "run step". */
export async function effectsDone(
  tx: Tx,
  businessId: bigint,
  runIds: readonly bigint[],
): Promise<Set<string>> {
  const rows = await tx.journeyEffect.findMany({
    where: { businessId, runId: { in: [...runIds] } },
    select: { runId: true, step: true },
  });
  return new Set(rows.map((row) => `${row.runId} ${row.step}`));
}

export async function keepEffects(
  tx: Tx,
  journey: { readonly businessId: bigint; readonly id: bigint },
  outcomes: readonly Outcome[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.journeyEffect.createMany({
    data: outcomes.map(({ run, effect, outcome, points, given }) => ({
      businessId: journey.businessId,
      runId: run.id,
      step: effect.id,
      journeyId: journey.id,
      kind: effect.kind,
      at,
      outcome,
      points: points ?? 0n,
      given: given ?? {},
    })),
  });
}

/** What these runs were given before, as words for messages; what came later wins. */
export async function givenBefore(
  tx: Tx,
  businessId: bigint,
  runIds: readonly bigint[],
): Promise<Map<bigint, Words>> {
  const rows = await tx.journeyEffect.findMany({
    where: { businessId, runId: { in: [...runIds] }, kind: { in: ["points", "promo", "reward"] } },
    select: { runId: true, given: true },
    orderBy: { at: "asc" },
  });
  const words = new Map<bigint, Words>();
  for (const { runId, given } of rows) words.set(runId, { ...words.get(runId), ...(given as Words) });
  return words;
}

/** Does something in a part of the transaction that can fail by itself. */
export async function within<T>(tx: Tx, what: () => Promise<T>): Promise<T> {
  await tx.$executeRawUnsafe("SAVEPOINT within");
  try {
    const done = await what();
    await tx.$executeRawUnsafe("RELEASE SAVEPOINT within");
    return done;
  } catch (error) {
    await tx.$executeRawUnsafe("ROLLBACK TO SAVEPOINT within");
    throw error;
  }
}
