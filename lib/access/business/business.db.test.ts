/** Founding a business, its profile, its trail, and whose letters its owner may read. */
import { describe, expect, test } from "vitest";
import {
  addLocation,
  addStaff,
  auditTrail,
  businessByKey,
  type Context,
  createApiKey,
  createBusiness,
  findBusiness,
  mailbox,
  mailboxLetter,
  requestPersonCode,
  requestStaffLink,
  signInStaffByPassword,
  updateBusiness,
} from "@/lib/access";
import { newId } from "@/lib/kernel/ids";
import { asOwner } from "@/tests/support/database";
import { audited, founded, later, MINUTE_MS, NOW, refusal, someEmail, visitor } from "@/tests/support/doors";

const someone = (email: string) => ({
  name: "Some One",
  email,
  role: "cashier" as const,
  externalId: null,
  locationId: null,
});
const profile = { name: "New name", currency: "UAH", locale: "uk", zone: "Europe/Kyiv", accent: "#123456" };

describe("a business", () => {
  test("is founded with an owner who can sign in and an own address", async () => {
    const email = someEmail("Founder");
    const input = {
      name: "Кав’ярня Їжак",
      currency: "uah",
      locale: "uk" as const,
      zone: "Europe/Kyiv",
      locationName: "Центр",
      owner: { name: "Ї", email, password: "a long enough one" },
    };
    const first = await createBusiness(input, NOW);
    const second = await createBusiness(
      { ...input, owner: { ...input.owner, password: "something else" } },
      NOW,
    );
    expect(first.business).toMatchObject({
      slug: "kaviarnia-izhak",
      currency: "UAH",
      id: expect.any(BigInt),
    });
    expect(second.business.slug).toMatch(/^kaviarnia-izhak-[a-z\d]{4}$/);
    // The same owner, with the password they had.
    const lower = email.toLowerCase();
    const { home } = await signInStaffByPassword(visitor(), { email: lower, password: "a long enough one" });
    expect(home).toBe("choose");
    expect(
      await refusal(signInStaffByPassword(visitor(), { email: lower, password: "something else" })),
    ).toBe("sign_in_failed");
    expect(await refusal(createBusiness({ ...input, slug: "kaviarnia-izhak" }, NOW))).toBe("name_taken");
    const id = newId(NOW);
    expect((await createBusiness({ ...input, id, joinCode: `J${id}`.slice(0, 12) }, NOW)).business.id).toBe(
      id,
    );
  });

  test("changes its profile, and its tills notice", async () => {
    const { ctx, business } = await founded();
    const { key } = await createApiKey(ctx, { name: "Till" });
    await businessByKey(business.id, key, NOW);
    await updateBusiness(ctx, profile);
    expect(await findBusiness({ id: business.id })).toMatchObject(profile);
    expect((await businessByKey(business.id, key, NOW))?.business).toMatchObject(profile);
    const told =
      "SELECT payload->>'zone' AS zone FROM outbox WHERE business_id = $1 AND type = 'business.zone_changed'";
    expect(await asOwner(told, [business.id])).toEqual([]);
    await updateBusiness(ctx, { ...profile, zone: "Europe/Lisbon" });
    expect(await asOwner(told, [business.id])).toEqual([{ zone: "Europe/Lisbon" }]);
  });

  test("reads its trail page by page, and only its own", async () => {
    const { ctx, business } = await founded();
    await founded();
    for (let i = 0; i < 5; i++)
      await addLocation({ ...ctx, now: later(i) }, { name: `L${i}`, address: null });
    const first = await auditTrail(ctx, { take: 4 });
    const rest = await auditTrail(ctx, { take: 4, before: first.next ?? undefined });
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([4, 2, null]);
    const actions = [...first.rows, ...rest.rows].map(({ action }) => action);
    expect(actions.toReversed()).toEqual(await audited(business.id));
    const own = await auditTrail(ctx, { subject: { kind: "business", id: business.id } });
    expect(own.rows.map(({ action }) => action)).toEqual(["business.create"]);
  });
});

const seen = async (who: Context) =>
  (await mailbox(who, { take: 200 })).letters.map(({ recipient }) => recipient);

describe("the local mailbox", () => {
  test("shows an owner the letters of their people, and of nobody else's", async () => {
    const { ctx, email } = await founded();
    const other = await founded();
    const both = await founded();
    await addStaff(other.ctx, { ...someone(both.email) });
    const person = someEmail("person");
    const visit = visitor(later(MINUTE_MS));
    await requestStaffLink(visit, { email, locale: "en" });
    await requestStaffLink(visit, { email: other.email, locale: "en" });
    await requestStaffLink(visit, { email: both.email, locale: "en" });
    await requestPersonCode(visit, { email: person, locale: "en" });
    expect(await seen(ctx)).toEqual(expect.arrayContaining([email, person]));
    expect(await seen(ctx)).not.toContain(other.email);
    // A link of somebody who works elsewhere too would open that business as well.
    expect(await seen(other.ctx)).not.toContain(both.email);
    expect(await seen(both.ctx)).not.toContain(both.email);
    const { letters } = await mailbox(ctx, { take: 200 });
    const own = letters.find(({ recipient }) => recipient === email);
    expect((await mailboxLetter(ctx, { id: own?.id ?? 1n })).html).toContain("<html");
    expect(await refusal(mailboxLetter(other.ctx, { id: own?.id ?? 1n }))).toBe("not_found");
  });

  test("of a member elsewhere is closed", async () => {
    const { ctx } = await founded();
    const other = await founded();
    const person = someEmail("member");
    const personId = newId(NOW);
    await requestPersonCode(visitor(), { email: person, locale: "en" });
    await asOwner("INSERT INTO person (id, locale, created_at) VALUES ($1, 'en', now())", [personId]);
    await asOwner("INSERT INTO person_identifier VALUES ('email', $1, $2, now())", [person, personId]);
    await asOwner(
      "INSERT INTO member (business_id, id, person_id, source, invite_code, created_at) VALUES ($1, $2, $2, 'test', 'x', now())",
      [other.business.id, personId],
    );
    expect(await seen(other.ctx)).toContain(person);
    expect(await seen(ctx)).not.toContain(person);
  });
});
