import "server-only";
import { audit, type Context, require } from "../../access";
import { type Tx, withBusiness } from "../../platform/db";
import { publish } from "../../platform/outbox";
import { keepTombstones, keptTombstones } from "../../platform/tombstones";
import { requireOwn } from "../guard";
import * as store from "./store";

/**
 * Forgets a member: name, phone, e-mail, birthday, notes, messages, consents, browsers and what files said of them are deleted, also
 * the sign-in of a person with no other card. Their points go to breakage; the books stay, without a name. Not to be taken back.
 *
 * Refuses: `forbidden` for anybody but the owner and the member themselves, `not_found`.
 */
export async function eraseMember(ctx: Context, memberId: bigint): Promise<void> {
  if (ctx.actor.kind === "member") requireOwn(ctx, memberId);
  else require(ctx, "members:erase");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => await eraseIn(tx, ctx, memberId));
  // After the commit: a line for somebody who is still there would erase them at night.
  await keepTombstones([{ businessId, memberId, at: ctx.now }]);
}

async function eraseIn(tx: Tx, ctx: Context, memberId: bigint): Promise<void> {
  const { id: businessId } = ctx.business;
  const burned = await store.erase(tx, businessId, ctx.now, memberId);
  await audit(tx, ctx, "member.erase", { kind: "member", id: memberId }, { points: Number(burned) });
  await publish(tx, { businessId, memberId, type: "member.erased", payload: {}, at: ctx.now });
}

/**
 * Erases again whoever a restored backup brought back. Answers how many; the nightly job's.
 *
 * Shape: tombstones lie in the database and in the data folder; each place learns here what only the other knows.
 */
export async function eraseAgain(ctx: Context): Promise<number> {
  require(ctx, "jobs:run");
  const { id: businessId } = ctx.business;
  const inFile = (await keptTombstones()).filter((one) => one.businessId === businessId);
  const known = await withBusiness(businessId, async (tx) => {
    await store.insertTombstones(tx, businessId, inFile);
    return await store.tombstonesOf(tx, businessId);
  });
  const written = new Set(inFile.map(({ memberId }) => memberId));
  await keepTombstones(known.filter(({ memberId }) => !written.has(memberId)));
  const back = await withBusiness(businessId, (tx) => store.risen(tx, businessId));
  for (const memberId of back) await withBusiness(businessId, (tx) => eraseIn(tx, ctx, memberId));
  return back.length;
}
