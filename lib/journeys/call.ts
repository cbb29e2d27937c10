import "server-only";
import { createHash } from "node:crypto";
import { type Context, require } from "../access";
import { Refused } from "../kernel/refusals";
import { withBusiness } from "../platform/db";
import * as drawn from "./drawn/store";
import { enter } from "./engine/enter";
import type { Properties } from "./facts/model";
import { factsOf } from "./facts/store";
import * as store from "./store";

export type CallIn = {
  readonly journeyId: bigint;
  readonly memberId: bigint;
  readonly key: string | null;
  readonly properties: Properties;
};

/**
 * Lets one member in because somebody outside asked; the same key again gets the first answer.
 *
 * Shape: `entered`, or why not: `under_way`, `once`, `too_soon`, `too_often`; without a key every call is a new one. Refuses:
 * `not_found`; `in_use` for a journey that does not run or does not listen to calls; `nonce_conflict` for a key with another body.
 */
export async function callIn(ctx: Context, call: CallIn): Promise<string> {
  require(ctx, "journeys:enter");
  const place = { businessId: ctx.business.id, id: call.journeyId };
  return await withBusiness(place.businessId, async (tx) => {
    const found = await drawn.find(tx, place.businessId, place.id, true);
    if (!found) throw new Refused("not_found");
    const fingerprint = fingerprintOf(call);
    const before = call.key === null ? undefined : await store.answerTo(tx, place, call.key);
    if (before && before.fingerprint !== fingerprint) throw new Refused("nonce_conflict");
    if (before) return before.answer;
    const program = found.version === 0 ? undefined : await store.program(tx, place, found.version);
    const listens = program?.definition.triggers.some((trigger) => trigger.kind === "api") ?? false;
    if (found.state !== "live" || !program || !listens) throw new Refused("in_use");
    const member = (await factsOf(tx, place.businessId, [call.memberId])).has(call.memberId);
    if (!member) throw new Refused("not_found");
    const entrant = { memberId: call.memberId, trigger: call.properties };
    const { refused } = await enter(tx, { ...place, version: found.version }, program, [entrant], ctx.now);
    const answer = refused.get(call.memberId) ?? "entered";
    if (call.key !== null)
      await store.keepAnswer(tx, place, {
        key: call.key,
        memberId: call.memberId,
        answer,
        fingerprint,
        at: ctx.now,
      });
    return answer;
  });
}

/** Whose call it is and what it says, whatever the order it says it in. */
function fingerprintOf({ memberId, properties }: CallIn): string {
  const said = Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([memberId.toString(), said]))
    .digest("base64url");
}
