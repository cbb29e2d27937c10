import "server-only";
import type { Route } from "next";
import { cache } from "react";
import { env } from "../../platform/env";
import {
  type Context,
  ownPath,
  PATH_HEADER,
  type SignedInPerson,
  type SignedInStaff,
  type Visitor,
} from "../model";
import { clientIp, type SessionKind } from "../sign-in/model";
import { closeSession, readPersonSession, readStaffSession } from "./sessions";

// next/* and next-auth are loaded when asked for: workers, seeds and tests use this module without a web server.
const nextHeaders = async () => await (await import("next/headers")).headers();
const cookies = () => import("./auth");

/** Headers are read before the clock: a page that is asked for is what starts its time. */
async function claimed(kind: SessionKind): Promise<{ sessionId: string | undefined; now: Date }> {
  const headers = await nextHeaders();
  const sessionId = await (await cookies()).readCookie(kind, headers.get("cookie"));
  return { sessionId, now: new Date() };
}

/** The staff person of this request, before or after choosing a business; read once per request. */
export const signedInStaff = cache(async (): Promise<SignedInStaff | undefined> => {
  const { sessionId, now } = await claimed("staff");
  return sessionId === undefined ? undefined : await readStaffSession(sessionId, now);
});

/** The staff person of this request at work in a business: role, name and business as they are at this moment. */
export async function currentStaff(): Promise<Context | undefined> {
  return (await signedInStaff())?.context;
}

/** The person of this request; read once per request. */
export const currentPerson = cache(async (): Promise<SignedInPerson | undefined> => {
  const { sessionId, now } = await claimed("person");
  return sessionId === undefined ? undefined : await readPersonSession(sessionId, now);
});

/** Whoever sent this request, signed in or not. */
export const currentVisitor = cache(async (): Promise<Visitor> => {
  const headers = await nextHeaders();
  return {
    ip: clientIp(headers.get("x-forwarded-for"), env().KOLO_TRUST_PROXY),
    userAgent: headers.get("user-agent") ?? undefined,
    now: new Date(),
  };
});

/**
 * The staff person at work, or a detour: to the sign-in, or to the choice of a business when there is one to make.
 *
 * Shape: `to` is where to come back to, the page asked for if not given.
 */
export async function staffOrSignIn(locale: string, to?: string): Promise<Context> {
  const staff = await signedInStaff();
  if (staff?.context) return staff.context;
  const back = to ?? ownPath((await nextHeaders()).get(PATH_HEADER), `/${locale}/office`);
  const { redirect } = await import("next/navigation");
  return redirect(
    `/${locale}/sign-in${staff ? "/choose" : ""}?${new URLSearchParams({ to: back })}` as Route,
  );
}

/** The person, or a detour to the card's sign-in and back to `to`, the page asked for if not given. */
export async function personOrSignIn(locale: string, to?: string): Promise<SignedInPerson> {
  const person = await currentPerson();
  if (person) return person;
  const back = to ?? ownPath((await nextHeaders()).get(PATH_HEADER), `/${locale}/card`);
  const { redirect } = await import("next/navigation");
  return redirect(`/${locale}/card/sign-in?${new URLSearchParams({ to: back })}` as Route);
}

/** Signs this browser in with a session a sign-in verb opened. Only in actions and routes. */
export async function startSession(kind: SessionKind, sessionId: string): Promise<void> {
  await (await cookies()).writeCookie(kind, sessionId);
  if (kind === "person") await (await import("./device")).rememberDevice(sessionId);
}

/** Signs this browser out: ends the session in the database and removes the cookie. Only in actions and routes. */
export async function endSession(kind: SessionKind): Promise<void> {
  const who = kind === "staff" ? await signedInStaff() : await currentPerson();
  if (who) await closeSession(who);
  await (await cookies()).clearCookie(kind);
}
