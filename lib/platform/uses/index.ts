import "server-only";
/**
 * Where something of a business is used: what names a tier, a segment, a reward and so on.
 *
 * Asked of rules, rewards, stamps, codes, segments and journeys themselves, so nothing has to be noted when they are saved.
 */
import { Refused } from "../../kernel/refusals";
import type { Tx } from "../db";
import { type Nameable, TOLD_MAX, type Use } from "./model";
import { usesOf } from "./store";

export type { Nameable, Use, UseKind } from "./model";
export { usesOf } from "./store";

/**
 * Says no while something is used, with the places. Inside a running transaction.
 *
 * Shape: the detail's `uses` is the JSON text of at most twenty of them, `count` how many there are; `except`: what goes with it.
 * Refuses: `in_use`.
 */
export async function refuseUsed(
  tx: Tx,
  asked: { readonly businessId: bigint; readonly now: Date; readonly kind: Nameable },
  ids: readonly (string | bigint)[],
  except: (use: Use) => boolean = () => false,
): Promise<void> {
  const found = await usesOf(tx, asked.businessId, asked.now, asked.kind, ids);
  const uses = [...found.values()].flat().filter((use) => !except(use));
  if (uses.length === 0) return;
  throw new Refused("in_use", {
    of: asked.kind,
    count: uses.length,
    uses: JSON.stringify(uses.slice(0, TOLD_MAX)),
  });
}
