import "server-only";
import type { Tx } from "../platform/db";
import { higher, type Ladder } from "./model";
import type { StandingRow, TierReason } from "./schema";
import { isOverdue, type Life, type Past, type Stands, type Stood, settled } from "./standing/model";
import * as store from "./store";
import { windowStart } from "./window/model";

export const NO_PAST: Past = { purchases: [], friends: [] };

/** How far back members' pasts must reach to judge all of them. */
export function pastFrom(ladder: Ladder, stoods: readonly Stood[], now: Date, zone: string): Date {
  const start = windowStart(ladder.qualifying.window, now, zone) ?? now;
  const froms = stoods.flatMap(({ life }) => (life?.from ? [life.from.getTime()] : []));
  return new Date(Math.min(start.getTime(), ...froms));
}

/** A settled standing as a row to be written; nothing when it is as it was. */
export function rowOf(
  ladder: Ladder,
  held: store.Held,
  stands: Stands,
  reason: TierReason,
): StandingRow | undefined {
  if (stands.tierId === held.tierId && isSame(held.life, stands.life)) return undefined;
  const hasEnded = held.life?.manual && !stands.life?.manual;
  return {
    memberId: held.memberId,
    life: stands.life,
    tierBefore: held.tierId,
    tierAfter: stands.tierId,
    isUp: higher(ladder, held.tierId, stands.tierId) === stands.tierId,
    reason: hasEnded ? "given_end" : reason,
    bump: true,
  };
}

const plain = (life: Life | null) =>
  JSON.stringify(life, (_key, value) => (typeof value === "bigint" ? value.toString() : value));
const isSame = (a: Life | null, b: Life | null) => plain(a) === plain(b);

/** Where these members stand and would stand on another ladder; writes nothing. */
export async function judgeMembers(
  tx: Tx,
  business: { readonly id: bigint; readonly zone: string },
  ladder: Ladder,
  memberIds: readonly bigint[],
  now: Date,
): Promise<{ from: string; to: string }[]> {
  const stoods = await store.readStood(tx, business.id, memberIds);
  const pasts = await store.pastsOf(tx, business.id, memberIds, pastFrom(ladder, stoods, now, business.zone));
  return stoods.map((stood) => {
    const past = pasts.get(stood.memberId) ?? NO_PAST;
    return { from: stood.tierId, to: settled(ladder, stood, past, now, business.zone).tierId };
  });
}

/**
 * Brings members' standings up to date inside a running transaction; answers how many moved.
 *
 * Shape: their rows are locked in order. `all`: also those whose time has not come, after a changed programme or invitation.
 */
export async function settleMembers(
  tx: Tx,
  business: { readonly id: bigint; readonly zone: string },
  ladder: Ladder,
  asked: {
    readonly memberIds: readonly bigint[];
    readonly now: Date;
    readonly reason: TierReason;
    readonly all: boolean;
  },
): Promise<number> {
  const { now, reason } = asked;
  const held = await store.lockStood(tx, business.id, asked.memberIds);
  const due = asked.all ? held : held.filter((stood) => isOverdue(ladder, stood, now));
  const isWindowed = ladder.qualifying.window.kind !== "ever";
  const pasts = isWindowed
    ? await store.pastsOf(
        tx,
        business.id,
        due.map(({ memberId }) => memberId),
        pastFrom(ladder, due, now, business.zone),
      )
    : new Map<bigint, Past>();
  const rows = due.flatMap((stood) => {
    const past = pasts.get(stood.memberId) ?? NO_PAST;
    return rowOf(ladder, stood, settled(ladder, stood, past, now, business.zone), reason) ?? [];
  });
  return await store.writeStandings(tx, business.id, now, rows);
}
