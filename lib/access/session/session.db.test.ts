/** Sessions: revocable one by one and all at once, sliding, and never more than the staff row allows at this moment. */
import { expect, test } from "vitest";
import {
  addStaff,
  changeRole,
  chooseBusiness,
  disableStaff,
  enableStaff,
  listSessions,
  openPersonSession,
  readPersonSession,
  readStaffSession,
  revokeSession,
  setPassword,
  signInStaffByLink,
  signInStaffByPassword,
  signOutEverywhere,
  staffBusinesses,
} from "@/lib/access";
import { newId } from "@/lib/kernel/ids";
import { assert } from "@/lib/kernel/refusals";
import { audited, colleague, founded, later, NOW, refusal, tokenTo, visitor } from "@/tests/support/doors";

const DAY_MS = 86_400_000;
const PASSWORD = "a long enough one";

async function signedIn(sessionId: string, now = NOW) {
  const staff = await readStaffSession(sessionId, now);
  assert(staff, "signed in");
  return staff;
}

test("another role or a closed door counts with the next request", async () => {
  const { ctx } = await founded(PASSWORD);
  const marketer = await colleague(ctx, "marketer");
  const { sessionId, home } = await signInStaffByLink(visitor(), { token: await tokenTo(marketer.email) });
  expect(home).toBe("office");
  expect((await signedIn(sessionId)).context?.actor).toMatchObject({ role: "marketer" });
  await changeRole(ctx, { id: marketer.id, role: "cashier" });
  expect((await signedIn(sessionId)).context?.actor).toMatchObject({ role: "cashier" });
  await disableStaff(ctx, { id: marketer.id });
  expect((await signedIn(sessionId)).context).toBeUndefined();
  await enableStaff(ctx, { id: marketer.id });
  expect((await signedIn(sessionId)).context?.actor).toMatchObject({ role: "cashier" });
});

test("who works for two businesses chooses, and sees no third", async () => {
  const a = await founded(PASSWORD);
  const b = await founded();
  const stranger = await founded();
  const staff = { name: "Olha", role: "cashier" as const, externalId: null, locationId: null };
  await addStaff(b.ctx, { ...staff, email: a.email });
  const { sessionId, home } = await signInStaffByPassword(visitor(), { email: a.email, password: PASSWORD });
  expect(home).toBe("choose");
  const who = await signedIn(sessionId);
  expect(who.context).toBeUndefined();
  expect(new Set((await staffBusinesses(who)).map(({ id }) => id))).toEqual(
    new Set([a.business.id, b.business.id]),
  );
  expect(await refusal(chooseBusiness(who, { businessId: stranger.business.id }))).toBe("not_found");
  expect(await chooseBusiness(who, { businessId: b.business.id })).toEqual({ home: "desk" });
  expect((await signedIn(sessionId)).context).toMatchObject({
    actor: { role: "cashier" },
    business: { id: b.business.id },
  });
});

test("one browser is signed out, then all", async () => {
  const { email } = await founded(PASSWORD);
  const [here, there, third] = await Promise.all(
    [1, 2, 3].map(() => signInStaffByPassword(visitor(), { email, password: PASSWORD })),
  );
  assert(here && there && third, "three sessions");
  const who = await signedIn(here.sessionId);
  const list = await listSessions(who);
  expect(list).toHaveLength(3);
  expect(list.filter(({ isThis }) => isThis)).toHaveLength(1);
  // What a page shows is not what signs in.
  expect(list.map(({ id }) => id)).not.toContain(here.sessionId);
  const other = list.find(({ isThis }) => !isThis);
  assert(other, "another one");
  await revokeSession(who, { id: other.id });
  expect(await refusal(revokeSession(who, { id: other.id }))).toBe("not_found");
  expect(await signOutEverywhere(who)).toBe(2);
  for (const { sessionId } of [here, there, third])
    expect(await readStaffSession(sessionId, NOW)).toBeUndefined();
});

test("the business's trail knows who signed in, chose it and left", async () => {
  const { email, business } = await founded(PASSWORD);
  const { sessionId } = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
  const who = await signedIn(sessionId);
  await setPassword(who, visitor(), { password: "another long one" });
  await chooseBusiness(who, { businessId: business.id });
  await signOutEverywhere(who);
  expect(await audited(business.id)).toEqual([
    "business.create",
    "staff.sign_in",
    "staff.password",
    "staff.sign_in",
    "staff.sign_out_everywhere",
  ]);
});

test("nobody signs somebody else out", async () => {
  const a = await openPersonSession(visitor(), newId(NOW));
  const b = await openPersonSession(visitor(), newId(NOW));
  const [personA, personB] = [await readPersonSession(a, NOW), await readPersonSession(b, NOW)];
  assert(personA && personB, "two persons");
  const [mine] = await listSessions(personA);
  expect(await refusal(revokeSession(personB, { id: mine?.id ?? "" }))).toBe("not_found");
  await signOutEverywhere(personB);
  expect(await readPersonSession(a, NOW)).toBeDefined();
});

test("a session in use goes on, an idle one ends", async () => {
  const person = await openPersonSession(visitor(), newId(NOW));
  for (let day = 20; day <= 100; day += 20)
    expect(await readPersonSession(person, later(day * DAY_MS))).toBeDefined();
  expect(await readPersonSession(person, later(129 * DAY_MS))).toBeDefined();
  expect(await readPersonSession(person, later(160 * DAY_MS))).toBeUndefined();

  const { email } = await founded(PASSWORD);
  const { sessionId } = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
  expect(await readStaffSession(sessionId, later(13 * DAY_MS))).toBeDefined();
  expect(await readStaffSession(sessionId, later(28 * DAY_MS))).toBeUndefined();
});

test("a staff session is no person's, and a made-up one nobody's", async () => {
  const { email } = await founded(PASSWORD);
  const { sessionId } = await signInStaffByPassword(visitor(), { email, password: PASSWORD });
  expect(await readPersonSession(sessionId, NOW)).toBeUndefined();
  expect(await readStaffSession("made-up", NOW)).toBeUndefined();
});
