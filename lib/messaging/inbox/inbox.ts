import "server-only";
import { type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { clickUrl } from "../link/token";
import { readRendered } from "../send/store";
import * as store from "./store";

export type InboxEntry = {
  readonly id: bigint;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly button: string | null;
  readonly href: string | null;
  readonly at: Date;
  readonly isUnread: boolean;
};

const PAGE = 30;

/** A member's messages, newest first, whatever channel carried them. Refuses: `forbidden` for anybody else's. */
export async function inbox(
  ctx: Context,
  memberId: bigint,
  before: Date | null = null,
): Promise<{ entries: InboxEntry[]; next: Date | null }> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  const rows = await withBusiness(id, (tx) => store.page(tx, id, memberId, { before, take: PAGE }));
  const entries = rows.flatMap((row): InboxEntry[] => {
    const said = readRendered(row.rendered);
    if (!said || !row.releasedAt) return [];
    return [
      {
        id: row.id,
        kind: row.kind,
        title: said.title,
        text: said.text,
        button: said.button ?? null,
        href: said.url ? new URL(clickUrl({ businessId: id, messageId: row.id })).pathname : null,
        at: row.releasedAt,
        isUnread: row.readAt === null,
      },
    ];
  });
  return { entries, next: rows.length === PAGE ? (rows.at(-1)?.releasedAt ?? null) : null };
}

/** How many messages a member has not looked at; nine and more is nine. */
export async function unreadCount(ctx: Context, memberId: bigint): Promise<number> {
  requireOwn(ctx, memberId);
  return await withBusiness(ctx.business.id, (tx) => store.unread(tx, ctx.business.id, memberId, 9));
}

/** The member has looked at everything up to now: reading in the inbox is opening. */
export async function markRead(ctx: Context, memberId: bigint): Promise<void> {
  requireOwn(ctx, memberId);
  await withBusiness(ctx.business.id, (tx) => store.markRead(tx, ctx.business.id, memberId, ctx.now));
}

function requireOwn(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind === "system") return;
  require(ctx, "own:read");
  if (ctx.actor.kind !== "member" || ctx.actor.id !== memberId) throw new Refused("forbidden");
}
