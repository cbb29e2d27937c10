import "server-only";
import { randomUUID } from "node:crypto";
import { Refused } from "../../kernel/refusals";
import { keyedHash, randomToken } from "../../platform/crypto";
import { baseUrl } from "../../platform/env";
import { sendMail } from "../../platform/mail";
import { type Context, ownPath, type Visitor } from "../model";
import { openStaffSession, type StaffHome } from "../session/sessions";
import { countTry } from "./attempts";
import { invitationLetter, linkLetter, noAccountLetter } from "./letters";
import { INVITATION_TTL_MS, LINK_TTL_MS } from "./model";
import * as store from "./store";

const hashOf = (secret: string) => keyedHash("sign-in-link", secret);

/** A link that signs in whoever holds it, once. The page it opens only shows a button: mail scanners follow links. */
async function makeLink(email: string, locale: string, to: string | undefined, now: Date, ttlMs: number) {
  const id = randomUUID();
  const secret = randomToken();
  const expiresAt = new Date(now.getTime() + ttlMs);
  await store.insertCode({
    id,
    purpose: "staff_link",
    identifier: email,
    codeHash: hashOf(secret),
    createdAt: now,
    expiresAt,
  });
  const query = new URLSearchParams({ token: `${id}.${secret}`, ...(to ? { to } : {}) });
  return { url: `${baseUrl()}/${locale}/sign-in/link?${query}`, expiresAt };
}

/**
 * E-mails a sign-in link to a staff person. An address nobody works under gets a letter that says so: the screen, the
 * time it takes and its failures are the same for both, and who mistyped learns of it.
 *
 * Refuses: `locked` after too many letters, `mail_failed`.
 */
export async function requestStaffLink(
  visitor: Visitor,
  input: { email: string; locale: string; to?: string | undefined },
): Promise<{ expiresAt: Date }> {
  await countTry(visitor, "letter", "link", input.email);
  const credential = await store.credentialOfEmail(input.email);
  const works = credential ? await store.employments(credential.id) : [];
  const to = ownPath(input.to, "") || undefined;
  const { url, expiresAt } = await makeLink(input.email, input.locale, to, visitor.now, LINK_TTL_MS);
  const letter = await (works.length > 0
    ? linkLetter(input.email, input.locale, url)
    : noAccountLetter(input.email, input.locale));
  await sendMail(letter, visitor.now);
  return { expiresAt };
}

/**
 * E-mails an invitation to somebody on a business's staff. Time: the link lives seven days.
 *
 * Refuses: `locked` after too many letters to the address, `mail_failed`.
 */
export async function sendInvitation(ctx: Context, email: string): Promise<void> {
  const { actor, business, now } = ctx;
  await countTry({ ip: undefined, userAgent: undefined, now }, "letter", "invitation", email);
  const { url } = await makeLink(email, business.locale, undefined, now, INVITATION_TTL_MS);
  const by = actor.kind === "staff" ? actor.name : business.name;
  await sendMail(await invitationLetter(email, business, by, url), now);
}

/** Signs in whoever holds the link, once. Refuses: `link_expired` for wrong, used and old ones alike. */
export async function signInStaffByLink(
  visitor: Visitor,
  input: { token: string },
): Promise<{ sessionId: string; home: StaffHome }> {
  const [id = "", secret = ""] = input.token.split(".");
  const email = await store.useLink(id, hashOf(secret), visitor.now);
  const credential = email === undefined ? undefined : await store.credentialOfEmail(email);
  const works = credential ? await store.employments(credential.id) : [];
  if (!credential || works.length === 0) throw new Refused("link_expired");
  return await openStaffSession(visitor, credential.id, works);
}
