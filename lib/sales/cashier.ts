import "server-only";
import { type Context, require } from "../access";
import { withBusiness } from "../platform/db";
import * as operationStore from "./operations/store";

export type Cashier = {
  readonly id: bigint;
  readonly name: string;
  readonly locationId: bigint | null;
  readonly locationName: string | null;
};

/** Tills name the same few people all day; somebody dismissed is believed for this long. */
const FRESH_MS = 5_000;
const KEPT_MAX = 5_000;

const kept = new Map<string, { cashier: Cashier | undefined; until: number }>();

/**
 * The staff person a till's external id means; nothing when nobody here has it.
 *
 * Time: believed for at most five seconds.
 */
export async function cashier(ctx: Context, externalId: string): Promise<Cashier | undefined> {
  require(ctx, "sales:record");
  const businessId = ctx.business.id;
  const name = `${businessId} ${externalId}`;
  const now = ctx.now.getTime();
  const known = kept.get(name);
  if (known && now < known.until && known.until <= now + FRESH_MS) return known.cashier;
  const row = await withBusiness(businessId, (tx) =>
    operationStore.staffByExternalId(tx, businessId, externalId),
  );
  const found = row && {
    id: row.id,
    name: row.name,
    locationId: row.location_id,
    locationName: row.location_name,
  };
  kept.delete(name);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(name, { cashier: found, until: now + FRESH_MS });
  return found;
}
