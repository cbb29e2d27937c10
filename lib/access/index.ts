import "server-only";
/**
 * Access: who is asking and what they may do.
 *
 * Owns businesses, staff, sign-in, sessions, keys and the audit trail. Always true: a Context is minted here and nowhere
 * else, and every write leaves an audit row in its own transaction.
 */
import type { Business, Context, SignedInPerson } from "./model";
import * as store from "./store";

export { type Action, type ActionResult, action, type Meta, personAction, visitorAction } from "./action";
export { createBusiness, updateBusiness } from "./business/business";
export { mailbox, mailboxLetter } from "./business/mailbox";
export { type AuditRow, auditTrail } from "./business/trail";
export { audit, require } from "./guard";
export { countGuess, forgiveGuess, type Guess } from "./guesses";
export { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from "./keys/keys";
export { businessByKey } from "./keys/till";
export type {
  Actor,
  Business,
  Context,
  Permission,
  Role,
  SignedInPerson,
  SignedInStaff,
  Visitor,
} from "./model";
export { deviceOf, may, ownPath } from "./model";
export { problem, STATUS, toJson } from "./problem";
export { basicOf, route } from "./route";
export { keepTrace, type Trace } from "./session/device";
export {
  currentPerson,
  currentStaff,
  currentVisitor,
  endSession,
  personOrSignIn,
  signedInStaff,
  staffOrSignIn,
  startSession,
} from "./session/door";
export {
  chooseBusiness,
  listSessions,
  openPersonSession,
  openStaffSession,
  readPersonSession,
  readStaffSession,
  revokeSession,
  type SessionInfo,
  signOutEverywhere,
  staffBusinesses,
} from "./session/sessions";
export { forgetOldTries } from "./sign-in/attempts";
export { requestPersonCode, signInPersonByCode } from "./sign-in/person-code";
export { requestStaffLink, signInStaffByLink } from "./sign-in/staff-link";
export { isFresh, setPassword, signInStaffByPassword } from "./sign-in/staff-password";
export { addLocation, archiveLocation, type Location, listLocations, renameLocation } from "./team/locations";
export {
  addStaff,
  changeRole,
  disableStaff,
  enableStaff,
  inviteAgain,
  listStaff,
  type StaffMember,
} from "./team/staff";
export { readTogether } from "./together";

/** A business by its id, slug or join code, or nothing: for edges that must know it before anybody signed in. */
export async function findBusiness(by: {
  id?: bigint;
  slug?: string;
  joinCode?: string;
}): Promise<Business | undefined> {
  return await store.findBusiness(by);
}

/** A context for a job, a seed or a test: acts as the system, at the given moment. */
export function systemContext(business: Business, job: string, now: Date): Context {
  return { actor: { kind: "system", job }, business, now };
}

/** A context for a person acting as a member of a business. Shape: the caller found `memberId` by `person.personId`. */
export function memberContext(business: Business, memberId: bigint, person: SignedInPerson): Context {
  return { actor: { kind: "member", id: memberId, personId: person.personId }, business, now: person.now };
}

/** A context for a person who is not a member of the business yet: for joining it. */
export function personContext(business: Business, person: SignedInPerson): Context {
  return { actor: { kind: "person", id: person.personId }, business, now: person.now };
}

/** Every business, for jobs that go round. */
export async function allBusinesses(): Promise<Business[]> {
  const found: Business[] = [];
  for (const id of await store.businessIds()) {
    const business = await store.findBusiness({ id });
    if (business) found.push(business);
  }
  return found;
}
