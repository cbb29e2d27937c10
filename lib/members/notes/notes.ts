import "server-only";
/** Notes: what the staff writes about a member for each other. Never in the audit trail, which outlives the member. */
import { audit, type Context, may, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { NOTES_MAX } from "../model";
import { profileOf } from "../store";
import * as store from "./store";

/** Only people of the staff write notes. */
function authorIn(ctx: Context): bigint {
  require(ctx, "members:write");
  if (ctx.actor.kind !== "staff") throw new Refused("forbidden");
  return ctx.actor.id;
}

/** Writes a note about a member. Refuses: `not_found`, `limit_reached`, `forbidden` for anybody but the staff. */
export async function addNote(ctx: Context, memberId: bigint, text: string): Promise<bigint> {
  const staffId = authorIn(ctx);
  return await withBusiness(ctx.business.id, async (tx) => {
    if (!(await profileOf(tx, ctx.business.id, memberId))) throw new Refused("not_found");
    if ((await store.countNotes(tx, ctx.business.id, memberId)) >= NOTES_MAX)
      throw new Refused("limit_reached");
    const id = await store.insertNote(tx, ctx, { memberId, staffId, text });
    await audit(tx, ctx, "note.add", { kind: "member", id: memberId });
    return id;
  });
}

/** Rewrites a note of one's own. Refuses: `not_found`, `forbidden` for somebody else's. */
export async function editNote(
  ctx: Context,
  note: { readonly memberId: bigint; readonly id: bigint; readonly text: string },
): Promise<void> {
  const staffId = authorIn(ctx);
  await withBusiness(ctx.business.id, async (tx) => {
    const author = await store.authorOf(tx, ctx.business.id, note.memberId, note.id);
    if (author === undefined) throw new Refused("not_found");
    if (author !== staffId) throw new Refused("forbidden");
    await store.updateNote(tx, ctx, note);
    await audit(tx, ctx, "note.edit", { kind: "member", id: note.memberId });
  });
}

/** Deletes a note of one's own; who may block members may delete anybody's. Refuses: `not_found`, `forbidden`. */
export async function deleteNote(ctx: Context, memberId: bigint, id: bigint): Promise<void> {
  const staffId = authorIn(ctx);
  await withBusiness(ctx.business.id, async (tx) => {
    const author = await store.authorOf(tx, ctx.business.id, memberId, id);
    if (author === undefined) throw new Refused("not_found");
    if (author !== staffId && !may(ctx.actor, "members:block")) throw new Refused("forbidden");
    await store.deleteNote(tx, ctx.business.id, memberId, id);
    await audit(tx, ctx, "note.delete", { kind: "member", id: memberId });
  });
}
