import "server-only";
import { type Context, require } from "../access";
import { newId } from "../kernel/ids";
import { assert } from "../kernel/refusals";
import type { Tx } from "../platform/db";
import { QUEUE_MEMBERS_MAX, type Queued, type Queueing, type Saying } from "./model";
import * as store from "./store";

/** As many members as one statement takes: longer lists go in several, so that none holds locks for long. */
const MEMBERS_A_STATEMENT = 50_000;

/**
 * Queues one message in the caller's transaction; the gate decides about it when its sender takes it up.
 *
 * Shape: `key` is the caller's, kept for ever: the same key is the same message, and answers `duplicate` with its id.
 * Time: not looked at before `notBefore`; worth nothing after `expiresAt`.
 * Refuses: returns `unknown_member` or `template_gone`; throws `forbidden`.
 */
export async function queueMessage(
  tx: Tx,
  ctx: Context,
  message: Queueing & { readonly memberId: bigint; readonly key: string },
): Promise<Queued> {
  require(ctx, "messages:write");
  const before = await store.idOfKey(tx, ctx.business.id, message.key);
  if (before !== undefined) return { ok: false, refusal: "duplicate", messageId: before };
  if (!(await store.hasMember(tx, ctx.business.id, message.memberId)))
    return { ok: false, refusal: "unknown_member" };
  const kept = await keep(tx, ctx, message.content);
  if (!kept) return { ok: false, refusal: "template_gone" };
  const id = newId(ctx.now);
  if (await store.insertMessage(tx, ctx, { ...message, ...kept, id })) return { ok: true, messageId: id };
  const other = await store.idOfKey(tx, ctx.business.id, message.key);
  assert(other !== undefined, "a key that is taken belongs to a message");
  return { ok: false, refusal: "duplicate", messageId: other };
}

/**
 * Queues the same message for many members in few statements; each member's key is `key:memberId`.
 *
 * Shape: unknown members and keys queued before are passed over; `queued` counts the new ones. At most a million at a time.
 * Refuses: returns `template_gone`; throws `forbidden`.
 */
export async function queueMessages(
  tx: Tx,
  ctx: Context,
  message: Queueing & { readonly memberIds: readonly bigint[]; readonly key: string },
): Promise<
  { readonly ok: true; readonly queued: number } | { readonly ok: false; readonly refusal: "template_gone" }
> {
  require(ctx, "messages:write");
  assert(message.memberIds.length <= QUEUE_MEMBERS_MAX, "at most a million members at a time");
  const kept = await keep(tx, ctx, message.content);
  if (!kept) return { ok: false, refusal: "template_gone" };
  let queued = 0;
  for (let from = 0; from < message.memberIds.length; from += MEMBERS_A_STATEMENT) {
    const memberIds = message.memberIds.slice(from, from + MEMBERS_A_STATEMENT);
    queued += await store.insertMessages(tx, ctx, { ...message, ...kept, memberIds });
  }
  return { ok: true, queued };
}

/** Words of the caller's own are kept once, however many members hear them. */
async function keep(tx: Tx, ctx: Context, content: Saying) {
  if ("templateId" in content) {
    const { templateId, version } = content;
    const isThere = await store.hasTemplate(tx, ctx.business.id, templateId, version);
    return isThere ? { contentId: null, templateId, version } : undefined;
  }
  return { contentId: await store.keepContent(tx, ctx, content), templateId: null, version: null };
}
