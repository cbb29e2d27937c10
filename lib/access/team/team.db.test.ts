/** The office's verbs over staff, locations, keys and the business: who may, what is left behind, what is refused. */
import { describe, expect, test } from "vitest";
import {
  addLocation,
  addStaff,
  archiveLocation,
  auditTrail,
  type Context,
  changeRole,
  createApiKey,
  createBusiness,
  disableStaff,
  enableStaff,
  findBusiness,
  inviteAgain,
  listApiKeys,
  listLocations,
  listStaff,
  mailbox,
  mailboxLetter,
  renameLocation,
  requestPersonCode,
  requestStaffLink,
  revokeApiKey,
  signInStaffByLink,
  signInStaffByPassword,
  updateBusiness,
} from "@/lib/access";
import { businessByKey } from "@/lib/access/keys/till";
import { ROLES } from "@/lib/access/model";
import { newId } from "@/lib/kernel/ids";
import { asOwner } from "@/tests/support/database";
import {
  audited,
  colleague,
  founded,
  later,
  letterTo,
  MINUTE_MS,
  NOW,
  refusal,
  someEmail,
  tokenTo,
  unique,
  visitor,
} from "@/tests/support/doors";

const someone = (email: string | null = someEmail()) => ({
  name: "Some One",
  email,
  role: "cashier" as const,
  externalId: null,
  locationId: null,
});
const profile = { name: "New name", currency: "UAH", locale: "uk", zone: "Europe/Kyiv", accent: "#123456" };

describe("who may", () => {
  const verbs: Record<string, { may: readonly string[]; run: (ctx: Context) => Promise<unknown> }> = {
    listStaff: { may: ["owner", "manager"], run: listStaff },
    addStaff: { may: ["owner"], run: (ctx) => addStaff(ctx, someone()) },
    changeRole: { may: ["owner"], run: (ctx) => changeRole(ctx, { id: 1n, role: "cashier" }) },
    disableStaff: { may: ["owner"], run: (ctx) => disableStaff(ctx, { id: 1n }) },
    enableStaff: { may: ["owner"], run: (ctx) => enableStaff(ctx, { id: 1n }) },
    inviteAgain: { may: ["owner"], run: (ctx) => inviteAgain(ctx, { id: 1n }) },
    listLocations: {
      may: ["owner", "manager", "marketer", "cashier", "till"],
      run: (ctx) => listLocations(ctx),
    },
    addLocation: {
      may: ["owner", "manager"],
      run: (ctx) => addLocation(ctx, { name: unique("L"), address: null }),
    },
    renameLocation: {
      may: ["owner", "manager"],
      run: (ctx) => renameLocation(ctx, { id: 1n, name: "x", address: null }),
    },
    archiveLocation: { may: ["owner", "manager"], run: (ctx) => archiveLocation(ctx, { id: 1n }) },
    listApiKeys: { may: ["owner"], run: listApiKeys },
    createApiKey: { may: ["owner"], run: (ctx) => createApiKey(ctx, { name: "k" }) },
    revokeApiKey: { may: ["owner"], run: (ctx) => revokeApiKey(ctx, { id: 1n }) },
    updateBusiness: { may: ["owner"], run: (ctx) => updateBusiness(ctx, profile) },
    auditTrail: { may: ["owner", "manager"], run: (ctx) => auditTrail(ctx) },
    mailbox: { may: ["owner"], run: (ctx) => mailbox(ctx) },
    mailboxLetter: { may: ["owner"], run: (ctx) => mailboxLetter(ctx, { id: 1n }) },
  };

  test.each(Object.entries(verbs))("%s", async (_name, { may, run }) => {
    const { ctx } = await founded();
    const actors: Record<string, Context["actor"]> = {
      ...Object.fromEntries(ROLES.map((role) => [role, { kind: "staff" as const, id: 5n, role, name: "" }])),
      till: { kind: "till", id: 5n },
      member: { kind: "member", id: 5n, personId: 6n },
      person: { kind: "person", id: 6n },
    };
    for (const [name, actor] of Object.entries(actors)) {
      const answer = await run({ ...ctx, actor }).then(
        () => "done",
        (error: { code?: string }) => error.code ?? "another error",
      );
      // Ids that are nobody's come after the question who asks.
      if (may.includes(name)) expect([name, ["done", "not_found"].includes(answer)]).toEqual([name, true]);
      else expect([name, answer]).toEqual([name, "forbidden"]);
    }
  });
});

describe("staff", () => {
  test("is invited by a letter whose link signs in", async () => {
    const { ctx, business } = await founded();
    const email = someEmail("Anna").toLowerCase();
    const { invited } = await addStaff(ctx, { ...someone(email), role: "manager" });
    expect(invited).toBe(true);
    expect((await letterTo(email)).subject).toContain(business.name);
    // A week is enough to notice a letter.
    const { home } = await signInStaffByLink(visitor(later(6 * 86_400_000)), { token: await tokenTo(email) });
    expect(home).toBe("office");
    expect(await audited(business.id)).toEqual(["business.create", "staff.add", "staff.sign_in"]);
  });

  test("a taken address, a taken cashier number and a foreign location are refused, leaving nothing", async () => {
    const { ctx, email } = await founded();
    const other = await founded();
    expect(await refusal(addStaff(ctx, someone(email)))).toBe("email_taken");
    await addStaff(ctx, { ...someone(null), externalId: "C-1" });
    expect(await refusal(addStaff(ctx, { ...someone(null), externalId: "C-1" }))).toBe("external_id_taken");
    expect(await refusal(addStaff(ctx, { ...someone(null), locationId: other.locationId }))).toBe(
      "not_found",
    );
    expect(await listStaff(ctx)).toHaveLength(2);
    await addStaff(other.ctx, { ...someone(null), externalId: "C-1" });
  });

  test("the last owner stays, two at once as well", async () => {
    const { ctx, ownerId } = await founded();
    expect(await refusal(changeRole(ctx, { id: ownerId, role: "manager" }))).toBe("last_owner");
    expect(await refusal(disableStaff(ctx, { id: ownerId }))).toBe("last_owner");
    const second = await colleague(ctx, "owner");
    const answers = await Promise.allSettled([
      changeRole(ctx, { id: ownerId, role: "manager" }),
      disableStaff(second.ctx, { id: second.id }),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const owners = (await listStaff(ctx)).filter(({ role, disabledAt }) => role === "owner" && !disabledAt);
    expect(owners).toHaveLength(1);
  });

  test("is another business's business", async () => {
    const { ctx } = await founded();
    const other = await founded();
    expect(await refusal(disableStaff(ctx, { id: other.ownerId }))).toBe("not_found");
    expect(await refusal(changeRole(ctx, { id: other.ownerId, role: "cashier" }))).toBe("not_found");
    expect(await refusal(archiveLocation(ctx, { id: other.locationId }))).toBe("not_found");
    expect((await listStaff(ctx)).map(({ id }) => id)).not.toContain(other.ownerId);
  });

  test("what was so already leaves no trace", async () => {
    const { ctx, business } = await founded();
    const { id } = await colleague(ctx, "cashier");
    await changeRole(ctx, { id, role: "cashier" });
    await enableStaff(ctx, { id });
    await disableStaff(ctx, { id });
    await disableStaff(ctx, { id });
    await enableStaff(ctx, { id });
    expect(await audited(business.id)).toEqual([
      "business.create",
      "staff.add",
      "staff.disable",
      "staff.enable",
    ]);
  });

  test("invitations to one address run out for a while", async () => {
    const { ctx } = await founded();
    const { id, email } = await colleague(ctx, "manager");
    for (let i = 0; i < 4; i++) await inviteAgain(ctx, { id });
    expect(await refusal(inviteAgain(ctx, { id }))).toBe("locked");
    expect((await letterTo(email)).kind).toBe("staff");
  });
});

test("locations are opened, renamed and closed, never the last one", async () => {
  const { ctx, business, locationId } = await founded();
  expect(await refusal(archiveLocation(ctx, { id: locationId }))).toBe("in_use");
  const { id } = await addLocation(ctx, { name: "Harbour", address: "Quay 1" });
  expect(await refusal(addLocation(ctx, { name: "hARBOUR", address: null }))).toBe("name_taken");
  await renameLocation(ctx, { id, name: "Old harbour", address: null });
  await addStaff(ctx, { ...someone(null), locationId });
  await archiveLocation(ctx, { id: locationId });
  expect((await listLocations(ctx)).map(({ name }) => name)).toEqual(["Old harbour"]);
  expect(await listLocations(ctx, { archived: true })).toHaveLength(2);
  expect((await listStaff(ctx)).every((staff) => staff.locationId === null)).toBe(true);
  expect(await audited(business.id)).toEqual([
    "business.create",
    "location.add",
    "location.rename",
    "staff.add",
    "location.archive",
  ]);
});

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
