import "server-only";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { randomKey, sha256 } from "../../platform/crypto";
import { withBusiness } from "../../platform/db";
import { audit, require } from "../guard";
import type { Context } from "../model";
import * as store from "./store";
import { forgetTill } from "./till";

const LIVE_KEYS_MAX = 100;
const HINT_LENGTH = 6;

export type ApiKey = {
  readonly id: bigint;
  readonly name: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** The business's API keys, live ones first; never the keys themselves. Needs keys:write. */
export async function listApiKeys(ctx: Context): Promise<ApiKey[]> {
  require(ctx, "keys:write");
  return await withBusiness(ctx.business.id, (tx) => store.keyRows(tx, ctx.business.id));
}

/**
 * Makes a key for a till or a web shop. The key is in this answer and nowhere else: only its fingerprint is kept.
 *
 * Shape: base64 text of 32 random bytes, as tills written for UDS expect; a demo may bring a `key` of its own.
 * Refuses: `limit_reached`. Needs keys:write.
 */
export async function createApiKey(
  ctx: Context,
  input: { name: string; key?: string },
): Promise<{ id: bigint; key: string; hint: string }> {
  require(ctx, "keys:write");
  const key = input.key ?? randomKey();
  const id = newId(ctx.now);
  const hint = key.slice(0, HINT_LENGTH);
  await withBusiness(ctx.business.id, async (tx) => {
    if ((await store.countLiveKeys(tx, ctx.business.id)) >= LIVE_KEYS_MAX) throw new Refused("limit_reached");
    await store.insertKey(tx, ctx.business.id, { id, name: input.name, hint, keyHash: sha256(key) }, ctx.now);
    await audit(tx, ctx, "key.create", { kind: "key", id }, { name: input.name, hint });
  });
  return { id, key, hint };
}

/**
 * Ends a key for good. Time: at once in this process, within five seconds in others.
 * Refuses: `not_found`. Needs keys:write.
 */
export async function revokeApiKey(ctx: Context, input: { id: bigint }): Promise<void> {
  require(ctx, "keys:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.revokeKey(tx, ctx.business.id, input.id, ctx.now))) throw new Refused("not_found");
    await audit(tx, ctx, "key.revoke", { kind: "key", id: input.id });
  });
  forgetTill(input.id);
}
