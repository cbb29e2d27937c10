import "server-only";
import { type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { postGrant } from "../ledger";
import { StaleVersion } from "../platform/db";
import { programme } from "../program";
import { expiryAfter, lifetimeAtOnce } from "../program/model";
import { fingerprintOf } from "./record";

const ATTEMPTS_MAX = 5;

export type GrantInput = {
  readonly memberId: bigint;
  /** Hundredths; below zero writes off. */
  readonly points: bigint;
  readonly comment: string | null;
  /** Days they live, told apart from earned points then; null: as earned points do. */
  readonly days?: number | null;
  readonly key: string | null;
  readonly source: "uds" | "desk" | "office" | "seed" | "job";
};

/**
 * Gives points without a purchase, or writes some off; given points live as long as earned ones, or as long as is said, and start at once.
 *
 * Refuses: `not_found`, `insufficient_points` (only live points are written off), `nonce_conflict`, `invalid`.
 */
export async function grant(
  ctx: Context,
  input: GrantInput,
): Promise<{ operationId: bigint; replayed: boolean }> {
  require(ctx, "points:give");
  if (input.points === 0n) throw new Refused("invalid", { field: "points" });
  const current = await programme(ctx);
  const { zone } = ctx.business;
  const days = input.days ?? null;
  const expiresAt = days === null ? lifetimeAtOnce(current, ctx.now, zone) : expiryAfter(days, ctx.now, zone);
  const points = (input.points < 0n ? -input.points : input.points).toString();
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    try {
      const posted = await postGrant({
        businessId: ctx.business.id,
        now: ctx.now,
        operationId: newId(ctx.now),
        memberId: input.memberId,
        key: input.key,
        fingerprint: fingerprintOf({
          grant: input.memberId,
          points: input.points,
          comment: input.comment,
          days: input.days,
        }),
        points: input.points,
        kind: days === null ? "grant" : "gift",
        availableAt: ctx.now,
        expiresAt,
        staffId: ctx.actor.kind === "staff" ? ctx.actor.id : null,
        locationId: null,
        programmeVersion: current.version,
        source: input.source,
        actor: ctx.actor,
        because: [{ code: input.points > 0n ? "granted" : "deducted", points, comment: input.comment }],
      });
      return { operationId: posted.operation_id, replayed: posted.outcome === "replay" };
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
  throw new Refused("busy");
}
