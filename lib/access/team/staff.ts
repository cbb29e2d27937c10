import "server-only";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { type Tx, withBusiness } from "../../platform/db";
import { log } from "../../platform/log";
import { audit, require } from "../guard";
import type { Context, Role } from "../model";
import { sendInvitation } from "../sign-in/staff-link";
import * as store from "./store";

const STAFF_MAX = 1000;

export type StaffMember = {
  readonly id: bigint;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly externalId: string | null;
  readonly locationId: bigint | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
};

/** The staff of the business, those who left at the end. Needs staff:read. */
export async function listStaff(ctx: Context): Promise<StaffMember[]> {
  require(ctx, "staff:read");
  const rows = await withBusiness(ctx.business.id, (tx) => store.staffRows(tx, ctx.business.id));
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/**
 * Adds somebody to the staff and e-mails an invitation; without an address (a cashier known only by the till) there is none.
 *
 * Shape: `invited` is false when the letter could not be sent: the person is added all the same, `inviteAgain` tries again.
 * Refuses: `email_taken`, `external_id_taken`, `not_found` for the location, `limit_reached`. Needs staff:write.
 */
export async function addStaff(
  ctx: Context,
  input: {
    name: string;
    email: string | null;
    role: Role;
    externalId: string | null;
    locationId: bigint | null;
  },
): Promise<{ id: bigint; invited: boolean }> {
  require(ctx, "staff:write");
  const id = newId(ctx.now);
  await withBusiness(ctx.business.id, async (tx) => {
    await store.lockBusiness(tx, ctx);
    if ((await store.countStaff(tx, ctx.business.id)) >= STAFF_MAX) throw new Refused("limit_reached");
    await checkLocation(tx, ctx, input.locationId);
    const credentialId =
      input.email === null ? null : await store.credentialFor(tx, input.email, null, ctx.now);
    await store.insertStaff(tx, ctx.business.id, { ...input, id, credentialId }, ctx.now);
    await audit(tx, ctx, "staff.add", { kind: "staff", id }, { role: input.role });
  });
  return { id, invited: input.email !== null && (await invite(ctx, input.email)) };
}

async function checkLocation(tx: Tx, ctx: Context, locationId: bigint | null): Promise<void> {
  if (locationId === null) return;
  const open = await store.locationRows(tx, ctx.business.id, false);
  if (!open.some(({ id }) => id === locationId)) throw new Refused("not_found", { field: "locationId" });
}

async function invite(ctx: Context, email: string): Promise<boolean> {
  try {
    await sendInvitation(ctx, email);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    log.warn("invitation_not_sent", { business: ctx.business.id, code: error.code });
    return false;
  }
}

/** E-mails the invitation once more. Refuses: `not_found` (also for the disabled), `locked`, `mail_failed`. Needs staff:write. */
export async function inviteAgain(ctx: Context, input: { id: bigint }): Promise<void> {
  require(ctx, "staff:write");
  const email = await withBusiness(ctx.business.id, async (tx) => {
    const staff = await store.staffRow(tx, ctx.business.id, input.id);
    if (!staff?.email || staff.disabledAt) throw new Refused("not_found");
    await audit(tx, ctx, "staff.invite", { kind: "staff", id: input.id });
    return staff.email;
  });
  await sendInvitation(ctx, email);
}

/** Gives somebody another role, at once. Refuses: `not_found`, `last_owner`. Needs staff:write. */
export async function changeRole(ctx: Context, input: { id: bigint; role: Role }): Promise<void> {
  await change(ctx, input.id, "staff.role", async (tx, staff) => {
    if (staff.role === input.role) return null;
    if (staff.role === "owner") await keepAnOwner(tx, ctx, input.id);
    // Only a cashier can do without an address to sign in by.
    if (staff.email === null && input.role !== "cashier") throw new Refused("invalid", { field: "email" });
    await store.updateStaff(tx, ctx.business.id, input.id, { role: input.role });
    return { from: staff.role, to: input.role };
  });
}

/** Ends somebody's access, at once and in every browser. Refuses: `not_found`, `last_owner`. Needs staff:write. */
export async function disableStaff(ctx: Context, input: { id: bigint }): Promise<void> {
  await change(ctx, input.id, "staff.disable", async (tx, staff) => {
    if (staff.disabledAt) return null;
    if (staff.role === "owner") await keepAnOwner(tx, ctx, input.id);
    await store.updateStaff(tx, ctx.business.id, input.id, { disabledAt: ctx.now });
    return {};
  });
}

/** Lets somebody back in with the role they had. Refuses: `not_found`. Needs staff:write. */
export async function enableStaff(ctx: Context, input: { id: bigint }): Promise<void> {
  await change(ctx, input.id, "staff.enable", async (tx, staff) => {
    if (!staff.disabledAt) return null;
    await store.updateStaff(tx, ctx.business.id, input.id, { disabledAt: null });
    return {};
  });
}

type Row = NonNullable<Awaited<ReturnType<typeof store.staffRow>>>;

/** One change to one staff row under the business's lock; null means it was so already and leaves no trace. */
async function change(
  ctx: Context,
  id: bigint,
  action: string,
  apply: (tx: Tx, staff: Row) => Promise<Record<string, string> | null>,
): Promise<void> {
  require(ctx, "staff:write");
  await withBusiness(ctx.business.id, async (tx) => {
    await store.lockBusiness(tx, ctx);
    const staff = await store.staffRow(tx, ctx.business.id, id);
    if (!staff) throw new Refused("not_found");
    const detail = await apply(tx, staff);
    if (detail) await audit(tx, ctx, action, { kind: "staff", id }, detail);
  });
}

async function keepAnOwner(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  if ((await store.otherOwners(tx, ctx.business.id, id)) === 0) throw new Refused("last_owner");
}
