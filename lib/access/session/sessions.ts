import "server-only";
import { createHash } from "node:crypto";
import { Refused } from "../../kernel/refusals";
import { randomToken } from "../../platform/crypto";
import { withBusiness } from "../../platform/db";
import { audit } from "../guard";
import { ROLES, type Role, type SignedInPerson, type SignedInStaff, type Visitor } from "../model";
import { PROLONG_AFTER_MS, SESSION_IDLE_MS, type SessionKind } from "../sign-in/model";
import { type Employment, employments } from "../sign-in/store";
import * as store from "./store";

/** A signed-in browser as its owner sees it in a list; `id` is not the secret one. */
export type SessionInfo = {
  readonly id: string;
  readonly signedInAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
  readonly isThis: boolean;
};

/** Where a staff person goes after signing in. */
export type StaffHome = "choose" | "desk" | "office";
const homeOf = (role: string): StaffHome => (role === "cashier" ? "desk" : "office");

/** Opens a session for a staff person; `home` is where to go when nothing else was asked for. */
export async function openStaffSession(
  visitor: Visitor,
  credentialId: bigint,
  works: readonly Employment[],
): Promise<{ sessionId: string; home: StaffHome }> {
  const id = randomToken();
  const [first, ...others] = works;
  const only = others.length === 0 ? first : undefined;
  await store.insertSession(
    {
      id,
      kind: "staff",
      credentialId,
      userAgent: visitor.userAgent?.slice(0, 300) ?? null,
      // Who works for one business has nothing to choose.
      ...(only ? { businessId: only.business_id, staffId: only.staff_id } : {}),
    },
    visitor.now,
  );
  await auditSelf(await readStaffSession(id, visitor.now), "staff.sign_in");
  return { sessionId: id, home: only ? homeOf(only.role) : "choose" };
}

/**
 * Writes into the trail of the business somebody works in what they did to their own sign-in. For a sign-in this is done
 * before the session's id is handed out: nobody holds a session the trail does not know.
 */
export async function auditSelf(staff: SignedInStaff | undefined, action: string): Promise<void> {
  const ctx = staff?.context;
  if (ctx?.actor.kind !== "staff") return;
  const subject = { kind: "staff", id: ctx.actor.id };
  await withBusiness(ctx.business.id, (tx) => audit(tx, ctx, action, subject));
}

/** Opens a session for a person; gives its secret id. */
export async function openPersonSession(visitor: Visitor, personId: bigint): Promise<string> {
  const id = randomToken();
  const userAgent = visitor.userAgent?.slice(0, 300) ?? null;
  await store.insertSession({ id, kind: "person", personId, userAgent }, visitor.now);
  return id;
}

const isRole = (role: string | null): role is Role => ROLES.some((known) => known === role);

/** The staff person behind a session's id, with the role and business as they are at this moment. */
export async function readStaffSession(sessionId: string, now: Date): Promise<SignedInStaff | undefined> {
  const row = await store.staffSession(sessionId, now);
  if (!row) return undefined;
  await keepAlive("staff", sessionId, row.expires_at, now);
  const { staff_id: id, staff_name: name, role, business } = row;
  return {
    credentialId: row.credential_id,
    sessionId,
    email: row.email,
    signedInAt: row.signed_in_at,
    now,
    context:
      id !== null && isRole(role) && business
        ? { actor: { kind: "staff", id, role, name: name ?? "" }, business, now }
        : undefined,
  };
}

/** The person behind a session's id. */
export async function readPersonSession(sessionId: string, now: Date): Promise<SignedInPerson | undefined> {
  const row = await store.personSession(sessionId, now);
  if (!row) return undefined;
  await keepAlive("person", sessionId, row.expires_at, now);
  return { personId: row.person_id, sessionId, now };
}

async function keepAlive(kind: SessionKind, id: string, expiresAt: Date, now: Date): Promise<void> {
  const until = now.getTime() + SESSION_IDLE_MS[kind];
  if (until - expiresAt.getTime() >= PROLONG_AFTER_MS) await store.prolong(id, new Date(until));
}

/** The businesses a staff person may work in now. */
export async function staffBusinesses(
  staff: SignedInStaff,
): Promise<{ id: bigint; name: string; role: Role }[]> {
  const works = await employments(staff.credentialId);
  return works.flatMap(({ business_id: id, business_name: name, role }) =>
    isRole(role) ? [{ id, name, role }] : [],
  );
}

/** Moves this browser's session to one of the person's businesses. Refuses: `not_found` where they do not work. */
export async function chooseBusiness(
  staff: SignedInStaff,
  input: { businessId: bigint },
): Promise<{ home: StaffHome }> {
  const work = (await employments(staff.credentialId)).find((one) => one.business_id === input.businessId);
  if (!work) throw new Refused("not_found");
  await store.choose(staff.sessionId, work.business_id, work.staff_id);
  await auditSelf(await readStaffSession(staff.sessionId, staff.now), "staff.sign_in");
  return { home: homeOf(work.role) };
}

type Owner = SignedInStaff | SignedInPerson;
const ownerOf = (who: Owner) =>
  "personId" in who ? { personId: who.personId } : { credentialId: who.credentialId };
/** What a list shows in place of the id, which is as good as being signed in. */
const publicId = (id: string) => createHash("sha256").update(id).digest("hex").slice(0, 24);

/** The browsers somebody is signed in with, newest first. */
export async function listSessions(who: Owner): Promise<SessionInfo[]> {
  const rows = await store.liveSessions(ownerOf(who), who.now);
  return rows.map((row) => ({
    id: publicId(row.id),
    signedInAt: row.createdAt,
    expiresAt: row.expiresAt,
    userAgent: row.userAgent,
    isThis: row.id === who.sessionId,
  }));
}

/** Signs one browser out. Refuses: `not_found`. Shape: `id` as `listSessions` gives it. */
export async function revokeSession(who: Owner, input: { id: string }): Promise<void> {
  const rows = await store.liveSessions(ownerOf(who), who.now);
  const row = rows.find((one) => publicId(one.id) === input.id);
  if (!row) throw new Refused("not_found");
  await store.revoke(ownerOf(who), { id: row.id }, who.now);
}

/** Signs out every browser of somebody, this one included; answers how many. */
export async function signOutEverywhere(who: Owner): Promise<number> {
  if ("credentialId" in who) await auditSelf(who, "staff.sign_out_everywhere");
  return await store.revoke(ownerOf(who), {}, who.now);
}

/** Signs out every other browser: after a changed password. */
export async function revokeOthers(who: Owner): Promise<number> {
  return await store.revoke(ownerOf(who), { except: who.sessionId }, who.now);
}

/** Ends this very session. */
export async function closeSession(who: Owner): Promise<void> {
  await store.revoke(ownerOf(who), { id: who.sessionId }, who.now);
}
