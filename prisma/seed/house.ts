/** A business with everything it needs before the first customer comes: branches, staff, price list, programme, a key. */
import { type Actor, type Business, type Context, systemContext } from "../../lib/access";
import { hashPassword } from "../../lib/access/sign-in/password";
import { newId } from "../../lib/kernel/ids";
import { addTag } from "../../lib/members";
import { randomKey, sha256 } from "../../lib/platform/crypto";
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
  const { name, slug, currency, locale, zone, accent } = trade;
  const id = newId(now);
  const joinCode = slug.replaceAll("-", "").slice(0, 6).toUpperCase();
  const profile = { id, name, slug, joinCode, currency, locale, zone, accent };
  const business: Business = { ...profile, ratePerSecond: 50, rateBurst: 200 };
  const key = randomKey();
  const hashes = await Promise.all(
    trade.employees.map(({ signIn }) => signIn && hashPassword(signIn.password)),
  );
  const house = await withBusiness(id, async (tx) => {
    await tx.business.create({ data: { ...profile, createdAt: now } });
    const locations = await makeLocations(tx, trade, id, now);
    const staff: Colleague[] = [];
    for (const [index, employee] of trade.employees.entries())
      staff.push(await employ(tx, id, employee, locations, hashes[index], now));
    const items = await makeItems(tx, trade, id, now);
    const till = { id: newId(now), key };
    const sealed = { hint: key.slice(0, 6), keyHash: sha256(key), name: "Till" };
    await tx.apiKey.create({ data: { businessId: id, id: till.id, ...sealed, createdAt: now } });
    return { trade, business, locations, staff, items, till };
  });
  const tags = new Map<string, bigint>();
  for (const tag of trade.tags) tags.set(tag, await addTag(systemContext(business, "seed", now), tag));
  return { ...house, tags };
}

async function makeLocations(tx: Tx, trade: Trade, businessId: bigint, now: Date): Promise<bigint[]> {
  const rows = trade.branches.map(({ name, address }) => {
    return { businessId, id: newId(now), name, address, createdAt: now };
  });
  await tx.location.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

async function employ(
  tx: Tx,
  businessId: bigint,
  employee: Employee,
  locations: readonly bigint[],
  passwordHash: string | undefined,
  now: Date,
): Promise<Colleague> {
  const { name, role, signIn, externalId = null, branch } = employee;
  const id = newId(now);
  const credentialId = signIn && passwordHash ? newId(now) : null;
  if (signIn && passwordHash && credentialId)
    await tx.credential.create({
      data: { id: credentialId, email: signIn.email, passwordHash, createdAt: now },
    });
  const locationId = branch === undefined ? null : (locations[branch] ?? null);
  const row = { businessId, id, credentialId, name, role, externalId, locationId, createdAt: now };
  await tx.staff.create({ data: { ...row, email: signIn?.email ?? null } });
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
