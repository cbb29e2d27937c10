import "server-only";
import { Refused } from "../../kernel/refusals";
import type { SignedInStaff, Visitor } from "../model";
import { auditSelf, openStaffSession, revokeOthers, type StaffHome } from "../session/sessions";
import { countTry, forgive } from "./attempts";
import { FRESH_MS } from "./model";
import { hashPassword, isPassword } from "./password";
import * as store from "./store";

/**
 * Signs a staff person in; who works for one business has it chosen, `home` says where to go.
 *
 * Refuses: `sign_in_failed` whatever was wrong - address, password, or nowhere employed any more; `locked`.
 */
export async function signInStaffByPassword(
  visitor: Visitor,
  input: { email: string; password: string },
): Promise<{ sessionId: string; home: StaffHome }> {
  const counted = await countTry(visitor, "guess", "password", input.email);
  const credential = await store.credentialOfEmail(input.email);
  const isRight = await isPassword(credential?.passwordHash, input.password);
  const works = credential && isRight ? await store.employments(credential.id) : [];
  if (!credential || works.length === 0) throw new Refused("sign_in_failed");
  await forgive(counted);
  return await openStaffSession(visitor, credential.id, works);
}

/** Whether somebody signed in so lately that nothing more is asked for. */
export const isFresh = (staff: SignedInStaff) => staff.now.getTime() - staff.signedInAt.getTime() < FRESH_MS;

/**
 * Sets a new password and signs out every other browser.
 *
 * Time: within fifteen minutes of signing in the old one is not asked for, so that a link also mends a forgotten one.
 * Refuses: `sign_in_failed` for a wrong current password, `locked`.
 */
export async function setPassword(
  staff: SignedInStaff,
  visitor: Visitor,
  input: { password: string; current?: string | undefined },
): Promise<void> {
  if (!isFresh(staff)) {
    const counted = await countTry(visitor, "guess", "password", staff.email);
    const credential = await store.credentialOfEmail(staff.email);
    if (!(await isPassword(credential?.passwordHash, input.current ?? "")))
      throw new Refused("sign_in_failed");
    await forgive(counted);
  }
  await store.setPasswordHash(staff.credentialId, await hashPassword(input.password));
  await revokeOthers(staff);
  await auditSelf(staff, "staff.password");
}
