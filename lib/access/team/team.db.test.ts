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
  disableStaff,
  enableStaff,
  inviteAgain,
  listApiKeys,
  listLocations,
  listStaff,
  mailbox,
  mailboxLetter,
  renameLocation,
  revokeApiKey,
  signInStaffByLink,
  updateBusiness,
} from "@/lib/access";
import { ROLES } from "@/lib/access/model";
import {
  audited,
  colleague,
  founded,
  later,
  letterTo,
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
