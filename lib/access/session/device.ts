import "server-only";
import { keyedHash, randomToken } from "../../platform/crypto";
import { baseUrl } from "../../platform/env";
import { networkOf } from "../sign-in/model";
import { currentVisitor } from "./door";
import * as store from "./store";

/** What tells one browser and one network from another, as keyed hashes: nobody can read an address out of them. */
export type Trace = { readonly device: string | null; readonly network: string | null };

const COOKIE = "kolo.device";
const MAX_AGE_S = 400 * 86_400;
const TOKEN = /^[\w-]{20,60}$/;

const hash = (text: string) => keyedHash("device", text);

/** The trace of this request; a browser never met before gets its cookie now. Only in actions and routes. */
export async function keepTrace(): Promise<Trace> {
  const { cookies } = await import("next/headers");
  const jar = await cookies();
  const known = jar.get(COOKIE)?.value;
  const token = known !== undefined && TOKEN.test(known) ? known : randomToken(24);
  if (token !== known) {
    const secure = baseUrl().startsWith("https:");
    jar.set(COOKIE, token, { httpOnly: true, sameSite: "lax", path: "/", maxAge: MAX_AGE_S, secure });
  }
  const { ip } = await currentVisitor();
  return { device: hash(token), network: ip === undefined ? null : hash(`network ${networkOf(ip)}`) };
}

/** Remembers that a person signed in with this browser: two members of one telephone are told apart by nothing else. */
export async function rememberDevice(sessionId: string): Promise<void> {
  const { device } = await keepTrace();
  if (device !== null) await store.rememberDevice(sessionId, device);
}
