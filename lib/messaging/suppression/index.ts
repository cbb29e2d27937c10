import "server-only";
/**
 * Suppression: addresses nothing is sent to, whoever asks.
 *
 * Always true: addresses are kept as keyed fingerprints only, so the list can be asked about an address and never read out.
 */
import { audit, type Context, require } from "../../access";
import { normalizePhone } from "../../kernel/phone";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { addressHash } from "../person/person";
import * as store from "./store";

export type Suppressed = store.Suppressed;
/** An address as people write it. */
export type Addressed = { readonly channel: "email" | "sms"; readonly address: string };

/** How many addresses are closed, by channel and reason. */
export async function suppressions(ctx: Context): Promise<Suppressed[]> {
  require(ctx, "channels:write");
  return await withBusiness(ctx.business.id, (tx) => store.counts(tx, ctx.business.id));
}

/** Closes an address for ever, or until it is opened again. Refuses: `invalid` for what is no address. */
export async function suppress(ctx: Context, addressed: Addressed): Promise<void> {
  require(ctx, "channels:write");
  const { channel } = addressed;
  const hash = hashOf(ctx, addressed);
  await withBusiness(ctx.business.id, async (tx) => {
    await store.insert(tx, ctx, channel, hash);
    await audit(tx, ctx, "suppression.add", { kind: "business", id: ctx.business.id }, { channel });
  });
}

/** Opens an address again. Refuses: `not_found` for one that is not closed, `invalid`. */
export async function unsuppress(ctx: Context, addressed: Addressed): Promise<void> {
  require(ctx, "channels:write");
  const { channel } = addressed;
  const hash = hashOf(ctx, addressed);
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.remove(tx, ctx, channel, hash))) throw new Refused("not_found");
    await audit(tx, ctx, "suppression.remove", { kind: "business", id: ctx.business.id }, { channel });
  });
}

function hashOf(ctx: Context, { channel, address }: Addressed): string {
  const plain = channel === "email" ? emailOf(address) : normalizePhone(address, ctx.business.locale);
  if (!plain) throw new Refused("invalid", { field: "address" });
  return addressHash(plain);
}

const emailOf = (text: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? text.trim() : undefined;
