/** What a till's key opens, how long it is believed, and what is kept of it. */
import { describe, expect, test } from "vitest";
import { businessByKey, createApiKey, listApiKeys, revokeApiKey } from "@/lib/access";
import { asOwner } from "@/tests/support/database";
import { audited, founded, later, NOW, refusal } from "@/tests/support/doors";

describe("a till's key", () => {
  test("opens its own business, is shown once and kept as a fingerprint", async () => {
    const { ctx, business } = await founded();
    const other = await founded();
    const { id, key, hint } = await createApiKey(ctx, { name: "Till" });
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    const till = await businessByKey(business.id, key, NOW);
    expect(till).toMatchObject({ actor: { kind: "till", id }, business: { id: business.id }, now: NOW });
    expect(await businessByKey(other.business.id, key, NOW)).toBeUndefined();
    expect(await businessByKey(business.id, `${key}x`, NOW)).toBeUndefined();
    expect(await businessByKey(business.id, "", NOW)).toBeUndefined();
    expect(JSON.stringify(await asOwner("SELECT to_jsonb(k)::text FROM api_key k"))).not.toContain(key);
    const [listed] = await listApiKeys(ctx);
    expect(listed).toMatchObject({ id, hint, name: "Till", revokedAt: null, lastUsedAt: NOW });
    expect(await audited(business.id)).toContain("key.create");
  });

  test("is over at once here, and in five seconds where it was believed", async () => {
    const { ctx, business } = await founded();
    const { id, key } = await createApiKey(ctx, { name: "Till" });
    expect(await businessByKey(business.id, key, NOW)).toBeDefined();
    await revokeApiKey(ctx, { id });
    expect(await businessByKey(business.id, key, NOW)).toBeUndefined();
    expect(await refusal(revokeApiKey(ctx, { id }))).toBe("not_found");

    const second = await createApiKey(ctx, { name: "Other" });
    expect(await businessByKey(business.id, second.key, NOW)).toBeDefined();
    await asOwner("UPDATE api_key SET revoked_at = now() WHERE id = $1", [second.id]);
    expect(await businessByKey(business.id, second.key, later(4_900))).toBeDefined();
    expect(await businessByKey(business.id, second.key, later(5_000))).toBeUndefined();
  });

  test("does not write with every use", async () => {
    const { ctx, business } = await founded();
    const { id, key } = await createApiKey(ctx, { name: "Till" });
    const usedAt = async () => (await listApiKeys(ctx)).find((one) => one.id === id)?.lastUsedAt;
    await businessByKey(business.id, key, NOW);
    await businessByKey(business.id, key, later(30_000));
    expect(await usedAt()).toEqual(NOW);
    await businessByKey(business.id, key, later(90_000));
    expect(await usedAt()).toEqual(later(90_000));
  });
});
