import "server-only";
import { newId } from "../../kernel/ids";
import { assert, Refused } from "../../kernel/refusals";
import { randomText } from "../../platform/crypto";
import { withBusiness } from "../../platform/db";
import { publish } from "../../platform/outbox";
import { audit, require } from "../guard";
import { forgetTillsOf } from "../keys/till";
import type { Business, Context } from "../model";
import { type NewBusiness, newBusiness } from "../schema";
import { hashPassword } from "../sign-in/password";
import * as access from "../store";
import { credentialFor, insertLocation, insertStaff, lockBusiness } from "../team/store";
import { slugOf } from "./model";
import * as store from "./store";

/** No vowels, so that no words come out; no letters that look like digits. */
const JOIN_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789";

/**
 * Founds a business with its owner and first branch, in one transaction. The programme is the caller's to add.
 *
 * Shape: `id`, `slug` and `joinCode` are made up where not given; an owner's address known already keeps its password.
 * Refuses: `name_taken` when the slug or join code is taken; throws on input the schema does not accept.
 */
export async function createBusiness(
  input: NewBusiness,
  now: Date,
): Promise<{ business: Business; ownerId: bigint; locationId: bigint }> {
  const { owner, locationName, ...profile } = newBusiness.parse(input);
  const id = profile.id ?? newId(now);
  const joinCode = profile.joinCode ?? randomText(6, JOIN_ALPHABET);
  const passwordHash = owner.password === undefined ? null : await hashPassword(owner.password);
  const [ownerId, locationId] = [newId(now), newId(now)];
  const found = async (slug: string) =>
    await withBusiness(id, async (tx) => {
      await store.insertBusiness(tx, { ...profile, id, slug, joinCode }, now);
      await insertLocation(tx, id, { id: locationId, name: locationName, address: null }, now);
      const credentialId = await credentialFor(tx, owner.email, passwordHash, now);
      const staff = { name: owner.name, email: owner.email, role: "owner" as const };
      await insertStaff(
        tx,
        id,
        { ...staff, id: ownerId, credentialId, externalId: null, locationId: null },
        now,
      );
      const business = { ...profile, id, slug, joinCode, ratePerSecond: 50, rateBurst: 200 };
      const ctx: Context = { actor: { kind: "system", job: "found" }, business, now };
      await audit(tx, ctx, "business.create", { kind: "business", id });
    });

  const slug = profile.slug ?? slugOf(profile.name);
  try {
    await found(slug);
  } catch (error) {
    // A slug of our making may meet a namesake's; one somebody asked for is theirs to change.
    if (!(error instanceof Refused) || profile.slug !== undefined) throw error;
    await found(`${slug}-${randomText(4, JOIN_ALPHABET).toLowerCase()}`);
  }
  const business = await access.findBusiness({ id });
  assert(business, "a business just founded is there");
  return { business, ownerId, locationId };
}

/**
 * Changes what the business calls itself and counts in. Refuses: nothing of its own. Needs business:write.
 *
 * Shape: the currency is a label; amounts already recorded keep their numbers.
 */
export async function updateBusiness(
  ctx: Context,
  input: Pick<Business, "name" | "currency" | "locale" | "zone" | "accent">,
): Promise<Business> {
  require(ctx, "business:write");
  const { name, currency, locale, zone, accent } = input;
  const fields = { name, currency, locale, zone, accent };
  await withBusiness(ctx.business.id, async (tx) => {
    await lockBusiness(tx, ctx);
    await store.updateBusiness(tx, ctx.business.id, fields);
    await audit(tx, ctx, "business.update", { kind: "business", id: ctx.business.id }, fields);
    if (zone !== ctx.business.zone)
      await publish(tx, {
        businessId: ctx.business.id,
        memberId: null,
        type: "business.zone_changed",
        payload: { zone },
        at: ctx.now,
      });
  });
  forgetTillsOf(ctx.business.id);
  return { ...ctx.business, ...fields };
}
