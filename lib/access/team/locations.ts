import "server-only";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { type Tx, withBusiness } from "../../platform/db";
import { refuseUsed } from "../../platform/uses";
import { audit, require } from "../guard";
import type { Context } from "../model";
import * as store from "./store";

const LOCATIONS_MAX = 500;

export type Location = {
  readonly id: bigint;
  readonly name: string;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
};

/** The branches of the business; archived ones at the end if asked for. Needs programme:read, which every role has. */
export async function listLocations(ctx: Context, input: { archived?: boolean } = {}): Promise<Location[]> {
  require(ctx, "programme:read");
  return await withBusiness(ctx.business.id, (tx) =>
    store.locationRows(tx, ctx.business.id, input.archived ?? false),
  );
}

/** Opens a branch. Refuses: `name_taken`, `limit_reached`. Needs locations:write. */
export async function addLocation(
  ctx: Context,
  input: { name: string; address: string | null },
): Promise<{ id: bigint }> {
  const id = newId(ctx.now);
  await change(ctx, async (tx, open) => {
    if (open.length >= LOCATIONS_MAX) throw new Refused("limit_reached");
    refuseTaken(open, input.name);
    await store.insertLocation(
      tx,
      ctx.business.id,
      { id, name: input.name, address: input.address },
      ctx.now,
    );
    await audit(tx, ctx, "location.add", { kind: "location", id }, { name: input.name });
  });
  return { id };
}

/** Gives a branch another name and address. Refuses: `not_found`, `name_taken`. Needs locations:write. */
export async function renameLocation(
  ctx: Context,
  input: { id: bigint; name: string; address: string | null },
): Promise<void> {
  await change(ctx, async (tx, open) => {
    if (!open.some(({ id }) => id === input.id)) throw new Refused("not_found");
    refuseTaken(
      open.filter(({ id }) => id !== input.id),
      input.name,
    );
    const { name, address } = input;
    await store.updateLocation(tx, ctx.business.id, input.id, { name, address });
    await audit(tx, ctx, "location.rename", { kind: "location", id: input.id }, { name });
  });
}

/** Closes a branch; its past stays, its staff belong to none. Refuses: `not_found`, `in_use` for the last one or with where it is used. */
export async function archiveLocation(ctx: Context, input: { id: bigint }): Promise<void> {
  await change(ctx, async (tx, open) => {
    if (!open.some(({ id }) => id === input.id)) throw new Refused("not_found");
    if (open.length === 1) throw new Refused("in_use");
    await refuseUsed(tx, { businessId: ctx.business.id, now: ctx.now, kind: "location" }, [input.id]);
    await store.updateLocation(tx, ctx.business.id, input.id, { archivedAt: ctx.now });
    await store.moveStaffOut(tx, ctx.business.id, input.id);
    await audit(tx, ctx, "location.archive", { kind: "location", id: input.id });
  });
}

type Open = readonly { id: bigint; name: string }[];

async function change(ctx: Context, apply: (tx: Tx, open: Open) => Promise<void>): Promise<void> {
  require(ctx, "locations:write");
  await withBusiness(ctx.business.id, async (tx) => {
    await store.lockBusiness(tx, ctx);
    await apply(tx, await store.locationRows(tx, ctx.business.id, false));
  });
}

function refuseTaken(others: Open, name: string): void {
  const wanted = name.toLocaleLowerCase();
  if (others.some((other) => other.name.toLocaleLowerCase() === wanted)) throw new Refused("name_taken");
}
