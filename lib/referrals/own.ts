import "server-only";
import { type Business, type Context, require, type Trace } from "../access";
import { Refused } from "../kernel/refusals";
import { dayOf } from "../kernel/time";
import { lots } from "../ledger";
import { isWaiting } from "../ledger/model";
import { withBusiness } from "../platform/db";
import { type FriendState, friendState, shortName } from "./model";
import * as office from "./office/store";

const FRIENDS = 30;

/** A friend as the one who invited them may see it: a short name, how far it went, what it brought. */
export type OwnFriend = {
  readonly id: bigint;
  readonly name: string | null;
  readonly state: FriendState;
  readonly joinedAt: Date;
  readonly points: bigint;
};

export type Invitations = {
  readonly opened: number;
  readonly joined: number;
  readonly bought: number;
  /** Friends of friends. */
  readonly farJoined: number;
  readonly points: bigint;
  /** Points that begin with the next visit. */
  readonly waiting: bigint;
  readonly friends: readonly OwnFriend[];
  readonly next: bigint | null;
};

/** What came of a member's invitations. Refuses: `forbidden` for another's. Shape: 30 friends at a time, the newest first. */
export async function ownInvitations(
  ctx: Context,
  memberId: bigint,
  before: bigint | null = null,
): Promise<Invitations> {
  require(ctx, "own:read");
  if (ctx.actor.kind === "member" && ctx.actor.id !== memberId) throw new Refused("forbidden");
  const { id } = ctx.business;
  const [held, found] = await Promise.all([
    lots(ctx, memberId),
    withBusiness(id, async (tx) => ({
      sums: await office.ambassador(tx, id, memberId),
      rows: await office.friendsOf(tx, id, memberId, before, FRIENDS + 1),
    })),
  ]);
  const { sums } = found;
  const rows = found.rows.slice(0, FRIENDS);
  const waiting = held.filter(isWaiting).reduce((sum, lot) => sum + lot.remaining, 0n);
  return {
    opened: sums?.opened ?? 0,
    joined: sums?.joined ?? 0,
    bought: sums?.bought ?? 0,
    farJoined: sums?.farJoined ?? 0,
    points: sums?.points ?? 0n,
    waiting,
    friends: rows.map((row) => ({
      id: row.memberId,
      name: shortName(row.name),
      state: friendState(row),
      joinedAt: row.joinedAt,
      points: row.points,
    })),
    next: found.rows.length > FRIENDS ? (rows.at(-1)?.memberId ?? null) : null,
  };
}

/** Counts that an invitation was opened: once a day for a browser, and without a word about who it was. */
export async function countOpened(business: Business, code: string, trace: Trace, now: Date): Promise<void> {
  const { device } = trace;
  if (device === null) return;
  const day = dayOf(now, business.zone);
  await withBusiness(business.id, (tx) =>
    office.opened(tx, business.id, { code: code.toLowerCase(), day, device }),
  );
}
