import "server-only";
import NextAuth from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { type Purpose, secretFor } from "../../platform/crypto";
import { baseUrl } from "../../platform/env";
import type { SessionKind } from "../sign-in/model";

/**
 * The only file that knows next-auth: it makes, encrypts, reads and removes the two cookies, one for staff and one for
 * persons, so that one browser can hold both. Whom they let in is decided in the sign-in verbs before, and looked up in
 * the table `session` after; the token carries that row's secret id and nothing else. No route of next-auth is mounted:
 * sign-in and sign-out are server actions, so there is no second way in to guard.
 */

/** The cookie outlives every session: the row in the table says when one ends, this only spares a lookup for ghosts. */
const COOKIE_MAX_AGE_S = 400 * 86_400;

function settings(kind: SessionKind) {
  const secure = baseUrl().startsWith("https:");
  const prefix = secure ? "__Secure-" : "";
  const purpose: Purpose = `session:${kind}`;
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
  return {
    secure,
    cookieName: `${prefix}kolo.${kind}`,
    secret: secretFor(purpose).toString("base64url"),
    cookies: {
      sessionToken: { name: `${prefix}kolo.${kind}`, options: { ...options, maxAge: COOKIE_MAX_AGE_S } },
      // Not `kolo.staff.…`: names that begin like the first are read as its pieces.
      callbackUrl: { name: `${prefix}kolo.to.${kind}`, options },
      csrfToken: { name: `${prefix}kolo.csrf.${kind}`, options },
    },
  };
}

function instance(kind: SessionKind) {
  const { secret, secure, cookies } = settings(kind);
  return NextAuth({
    basePath: `/api/auth/${kind}`,
    secret,
    cookies,
    useSecureCookies: secure,
    trustHost: true,
    session: { strategy: "jwt", maxAge: COOKIE_MAX_AGE_S },
    providers: [
      Credentials({
        credentials: { session: {} },
        authorize: ({ session }) => (typeof session === "string" ? { id: session } : null),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user?.id ? { session: user.id } : { session: token.session }),
    },
  });
}

const made = new Map<SessionKind, ReturnType<typeof instance>>();
function auth(kind: SessionKind) {
  const known = made.get(kind) ?? instance(kind);
  made.set(kind, known);
  return known;
}

/** Puts a session into this browser's cookie. Only where cookies can be set: in a server action or route. */
export async function writeCookie(kind: SessionKind, sessionId: string): Promise<void> {
  await auth(kind).signIn("credentials", { session: sessionId, redirect: false, redirectTo: "/" });
}

/** Removes the cookie from this browser. */
export async function clearCookie(kind: SessionKind): Promise<void> {
  await auth(kind).signOut({ redirect: false, redirectTo: "/" });
}

/** The session id this browser claims, if its cookie is one of ours. */
export async function readCookie(kind: SessionKind, cookie: string | null): Promise<string | undefined> {
  if (!cookie) return undefined;
  const { secret, secure, cookieName } = settings(kind);
  const logger = { debug: ignore, warn: ignore, error: ignore };
  const token = await getToken({
    req: { headers: new Headers({ cookie }) },
    secret,
    cookieName,
    secureCookie: secure,
    logger,
  });
  return typeof token?.session === "string" ? token.session : undefined;
}

/** A forged or outdated cookie is nobody's error. */
function ignore(): void {}
