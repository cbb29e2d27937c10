import "server-only";
import { parseId } from "../kernel/ids";
import type { Tx } from "../platform/db";
import type { Event } from "../platform/outbox";
import { settleMembers } from "../tiers";
import { businessOf, programmeIn } from "./index";

/** News of members who became one, or two again. */
export const MERGED = ["member.merged", "member.restored"] as const;

/**
 * Puts whoever took a member over on the tier that both lives together give; after a merge was taken back, on what is left.
 *
 * Shape: judged by all that counts, so that once or twice is the same.
 */
export async function settleMerged(tx: Tx, businessId: bigint, events: readonly Event[]): Promise<void> {
  const survivors = events.flatMap(({ payload }) => parseId(payload.survivorId) ?? []);
  const returned = events.flatMap(({ type, memberId }) =>
    type === "member.restored" && memberId !== null ? [memberId] : [],
  );
  const memberIds = [...new Set([...survivors, ...returned])];
  if (memberIds.length === 0) return;
  const now = new Date(Math.max(...events.map(({ at }) => at.getTime())));
  const [programme, business] = await Promise.all([programmeIn(tx, businessId, now), businessOf(businessId)]);
  await settleMembers(tx, business, programme, { memberIds, now, reason: "merged", all: true });
}
