import { route } from "@/lib/access";
import { callIn } from "@/lib/journeys";
import { callForm } from "@/lib/journeys/schema";
import { normalizePhone } from "@/lib/kernel/phone";
import { Refused } from "@/lib/kernel/refusals";
import { memberByPhone } from "@/lib/members";
import { keepPace } from "@/lib/pos";

/** Lets a member into a journey that begins by a call, once for its `Idempotency-Key`. */
export const POST = route(callForm, async (ctx, { id, memberId, phone, properties }, { idempotencyKey }) => {
  keepPace(ctx);
  const number = phone === undefined ? undefined : normalizePhone(phone, ctx.business.locale);
  if (memberId === undefined && number === undefined) throw new Refused("invalid", { field: "phone" });
  const who = memberId ?? (await memberByPhone(ctx, number ?? ""));
  const outcome = await callIn(ctx, {
    journeyId: id,
    memberId: who,
    key: idempotencyKey ?? null,
    properties,
  });
  return { memberId: who, outcome };
});
