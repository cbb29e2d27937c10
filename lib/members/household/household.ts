import "server-only";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { type Tx, violatedConstraint, withBusiness } from "../../platform/db";
import { tellChanged } from "../news";
import { HOUSEHOLD_MAX, type HouseholdEdit, type HouseholdJoin } from "./schema";
import * as store from "./store";

export type { Relative } from "./store";

/** A family: who belongs to it, who pays, and what all of them spent. Money in minor units. */
export type Household = {
  readonly id: bigint;
  readonly name: string;
  readonly members: readonly store.Relative[];
  readonly cashSpentMinor: bigint;
  readonly visits: number;
};

/** The household a member belongs to; nothing when to none. */
export async function householdOf(ctx: Context, memberId: bigint): Promise<Household | undefined> {
  require(ctx, "members:read");
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const own = await store.householdOf(tx, id, memberId);
    if (!own) return undefined;
    const members = await store.relatives(tx, id, own.id);
    return {
      ...own,
      members,
      cashSpentMinor: members.reduce((sum, one) => sum + one.cashSpentMinor, 0n),
      visits: members.reduce((sum, one) => sum + one.visits, 0),
    };
  });
}

/**
 * Has another member join one's household; the first time the two of them make one.
 *
 * Refuses: `not_found`, `merge_same` for oneself, `in_household` when the other belongs to another one, `limit_reached` past twenty.
 */
export async function joinHousehold(ctx: Context, input: HouseholdJoin): Promise<void> {
  require(ctx, "members:write");
  const { id: businessId } = ctx.business;
  const { memberId, otherId } = input;
  if (memberId === otherId) throw new Refused("merge_same");
  try {
    await withBusiness(businessId, async (tx) => {
      for (const one of [memberId, otherId])
        if (!(await store.knows(tx, businessId, one))) throw new Refused("not_found");
      const householdId =
        (await store.householdOf(tx, businessId, memberId))?.id ?? (await begin(tx, ctx, input));
      await store.hold(tx, householdId);
      if ((await store.relatives(tx, businessId, householdId)).length >= HOUSEHOLD_MAX)
        throw new Refused("limit_reached");
      await store.join(tx, { businessId, memberId: otherId, householdId, since: ctx.now });
      await tellAll(tx, ctx, await store.relatives(tx, businessId, householdId));
      await audit(tx, ctx, "household.save", { kind: "member", id: otherId });
    });
  } catch (error) {
    if (violatedConstraint(error)) throw new Refused("in_household");
    throw error;
  }
}

async function begin(tx: Tx, ctx: Context, { memberId, otherId, name }: HouseholdJoin): Promise<bigint> {
  const { id: businessId } = ctx.business;
  // The other's family, where there is one: who has none joins it.
  const theirs = await store.householdOf(tx, businessId, otherId);
  if (theirs) throw new Refused("in_household");
  const id = newId(ctx.now);
  await store.insert(tx, businessId, id, name ?? "—", ctx.now);
  await store.join(tx, { businessId, memberId, householdId: id, since: ctx.now });
  return id;
}

/** Names a household anew and says who pays. Refuses: `not_found` when the member has none, or the payer is of another. */
export async function editHousehold(ctx: Context, input: HouseholdEdit): Promise<void> {
  require(ctx, "members:write");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    const own = await store.householdOf(tx, businessId, input.memberId);
    if (!own) throw new Refused("not_found");
    await store.hold(tx, own.id);
    const members = await store.relatives(tx, businessId, own.id);
    if (input.payerId !== null && !members.some(({ id }) => id === input.payerId))
      throw new Refused("not_found");
    await store.edit(tx, businessId, own.id, input);
    await audit(tx, ctx, "household.save", { kind: "member", id: input.memberId });
  });
}

/** Takes a member out of their household; of the last two, both. Refuses: `not_found` when they are in none. */
export async function leaveHousehold(ctx: Context, memberId: bigint): Promise<void> {
  require(ctx, "members:write");
  const { id: businessId } = ctx.business;
  await withBusiness(businessId, async (tx) => {
    const own = await store.householdOf(tx, businessId, memberId);
    if (!own) throw new Refused("not_found");
    await store.hold(tx, own.id);
    await tellAll(tx, ctx, await store.relatives(tx, businessId, own.id));
    await store.leave(tx, businessId, memberId);
    await store.dissolve(tx, businessId, own.id);
    await audit(tx, ctx, "household.leave", { kind: "member", id: memberId });
  });
}

/** Whoever comes or goes changes what the household is together, for each of them. */
async function tellAll(tx: Tx, ctx: Context, all: readonly store.Relative[]): Promise<void> {
  for (const { id } of all) await tellChanged(tx, ctx, id, "household");
}
