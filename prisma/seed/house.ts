/** A business with everything it needs before the first customer comes: branches, staff, price list, programme, a key. */
import {
  type Actor,
  addLocation,
  addStaff,
  audit,
  type Business,
  type Context,
  createApiKey,
  createBusiness,
  renameLocation,
} from "../../lib/access";
import { hashPassword } from "../../lib/access/sign-in/password";
import { newId } from "../../lib/kernel/ids";
import { addTag } from "../../lib/members";
import { type Tx, withBusiness } from "../../lib/platform/db";
import type { Employee, Trade } from "./trade";

export type Colleague = Employee & { readonly id: bigint };

export type House = {
  readonly trade: Trade;
  readonly business: Business;
  /** By index of the trade's branches. */
  readonly locations: readonly bigint[];
  readonly staff: readonly Colleague[];
  readonly items: ReadonlyMap<string, bigint>;
  readonly tags: ReadonlyMap<string, bigint>;
  readonly till: { readonly id: bigint; readonly key: string };
};

/** Founds a trade's business at a moment. */
export async function foundHouse(trade: Trade, now: Date): Promise<House> {
  const { name, slug, currency, locale, zone, accent, branches, employees } = trade;
  const [owner, ...others] = employees;
  const [main, ...further] = branches;
  if (!owner?.signIn || !main) throw new Error("a house begins with an owner and a branch");
  const joinCode = slug.replaceAll("-", "").slice(0, 6).toUpperCase();
  const founded = await createBusiness(
    {
      name,
      slug,
      joinCode,
      currency,
      locale,
      zone,
      accent,
      locationName: main.name,
      owner: { name: owner.name, ...owner.signIn },
    },
    now,
  );
  const { business } = founded;
  const boss: Colleague = { ...owner, id: founded.ownerId };
  const ctx: Context = { actor: actorOf(boss), business, now };
  await renameLocation(ctx, { id: founded.locationId, name: main.name, address: main.address });
  const locations = [founded.locationId];
  for (const branch of further)
    locations.push((await addLocation(ctx, { name: branch.name, address: branch.address })).id);
  const staff = [boss];
  for (const employee of others) staff.push(await employ(ctx, employee, locations));
  const till = await createApiKey(ctx, { name: "Till" });
  const items = await withBusiness(business.id, (tx) => makeItems(tx, trade, business.id, now));
  const tags = new Map<string, bigint>();
  for (const tag of trade.tags) tags.set(tag, await addTag(ctx, tag));
  return { trade, business, locations, staff, items, tags, till };
}

/** Adds somebody with a password already, which no verb does: outside a demo people choose their own. */
async function employ(ctx: Context, employee: Employee, locations: readonly bigint[]): Promise<Colleague> {
  const { name, role, signIn, externalId = null, branch } = employee;
  const { business, now } = ctx;
  const locationId = branch === undefined ? null : (locations[branch] ?? null);
  if (!signIn) {
    const { id } = await addStaff(ctx, { name, role, email: null, externalId, locationId });
    return { ...employee, id };
  }
  const passwordHash = await hashPassword(signIn.password);
  const id = newId(now);
  await withBusiness(business.id, async (tx) => {
    const credential = { id: newId(now), email: signIn.email, passwordHash, createdAt: now };
    await tx.credential.create({ data: credential });
    const known = { id, name, role, externalId, locationId, email: signIn.email, createdAt: now };
    await tx.staff.create({ data: { ...known, businessId: business.id, credentialId: credential.id } });
    await audit(tx, ctx, "staff.add", { kind: "staff", id }, { role });
  });
  return { ...employee, id };
}

async function makeItems(tx: Tx, trade: Trade, businessId: bigint, now: Date): Promise<Map<string, bigint>> {
  const rows = trade.items.map((item) => ({ ...item, businessId, id: newId(now), createdAt: now }));
  await tx.item.createMany({ data: rows });
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** A context at a moment of the past, as somebody of the house or a customer would have had it. */
export function acting(house: House, actor: Actor, now: Date): Context {
  return { actor, business: house.business, now };
}

/** The first of the staff with a role. */
export function colleague(house: House, role: Employee["role"]): Colleague {
  const found = house.staff.find((each) => each.role === role) ?? house.staff[0];
  if (!found) throw new Error("a house has staff");
  return found;
}

export const actorOf = ({ id, role, name }: Colleague): Actor => ({ kind: "staff", id, role, name });
