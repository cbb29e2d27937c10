import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { audit, type Context, findBusiness, require, systemContext } from "../access";
import { newId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import { enqueue, Stopping } from "../platform/jobs";
import { log } from "../platform/log";
import { grant } from "../sales";
import { read } from "./form";
import type { Handler } from "./handler";
import { nonceKey } from "./operations";
import { rewardForm } from "./schema";
import * as store from "./store";

/** The name under which `lib/wiring.ts` runs `rewardMembers`. */
export const REWARD_JOB = "reward_members";

const number = z
  .string()
  .regex(/^-?\d{1,18}$/)
  .transform(BigInt);
const payloadForm = z.object({
  businessId: number,
  rewardId: number,
  points: number,
  comment: z.string().nullable(),
  participants: z.array(number),
});
type Payload = z.input<typeof payloadForm>;

/**
 * POST operations/reward: gives points to customers, or takes them (below zero), one after another by a job.
 *
 * Shape: `accepted` counts the customers asked for, each once; who is unknown, or has too few to take, is passed over.
 */
export const rewardCustomers: Handler = async ({ ctx, body }) => {
  require(ctx, "points:give");
  const form = read(rewardForm, body);
  const rewardId = newId(ctx.now);
  const payload: Payload = {
    businessId: ctx.business.id.toString(),
    rewardId: rewardId.toString(),
    points: form.points.toString(),
    comment: form.comment,
    participants: form.participants.map(String),
  };
  await withBusiness(ctx.business.id, async (tx) => {
    const { nonce } = form;
    if (nonce !== null) {
      const { rewardId: _own, ...said } = payload;
      const mark = createHash("sha256").update(JSON.stringify(said)).digest("base64url");
      const first = await store.keepKey(tx, ctx.business.id, nonceKey(nonce), mark, rewardId, ctx.now);
      if (first !== null) return;
    }
    await enqueue(tx, REWARD_JOB, payload);
    await audit(
      tx,
      ctx,
      "points.reward",
      { kind: "reward", id: rewardId },
      {
        points: payload.points,
        members: payload.participants.length,
        silent: form.silent,
      },
    );
  });
  return { status: 202, body: { accepted: String(form.participants.length) } };
};

/**
 * Gives what a reward promised; the job's.
 *
 * Shape: each customer's share has a key of its own, so a job that was cut short begins anew and gives nobody twice.
 */
export async function rewardMembers(payload: unknown, stopping: () => boolean, now: Date): Promise<void> {
  const { businessId, rewardId, points, comment, participants } = payloadForm.parse(payload);
  const business = await findBusiness({ id: businessId });
  if (!business) return;
  const ctx = systemContext(business, REWARD_JOB, now);
  for (const memberId of participants) {
    if (stopping()) throw new Stopping();
    await rewardOne(ctx, { memberId, points, comment, key: `reward:${rewardId}:${memberId}` });
  }
}

async function rewardOne(
  ctx: Context,
  share: { memberId: bigint; points: bigint; comment: string | null; key: string },
): Promise<void> {
  try {
    await grant(ctx, { ...share, source: "uds" });
  } catch (error) {
    const passedOver =
      error instanceof Refused && (error.code === "not_found" || error.code === "insufficient_points");
    if (!passedOver) throw error;
    log.info("reward.passed_over", { business: ctx.business.id, member: share.memberId, why: error.code });
  }
}
