import "server-only";
import { createECDH, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { baseUrl, env } from "../env";

/** Base64url: the uncompressed public point and the private number. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/** A new pair for an installation. */
export function makeVapidKeys(): VapidKeys {
  const pair = createECDH("prime256v1");
  const publicKey = pair.generateKeys("base64url", "uncompressed");
  return { publicKey, privateKey: pair.getPrivateKey().toString("base64url").padStart(43, "A") };
}

const TOKEN_MS = 12 * 3_600_000;
/** A token with less than this left is made anew. */
const RENEW_MS = 3_600_000;
type Kept = { readonly header: string; readonly until: number };
const tokens = new Map<string, Kept>();
const TOKENS_MAX = 500;

/** The Authorization header for a push service, signed at most twice a day each. */
export function vapidHeader(keys: VapidKeys, audience: string, now: Date): string {
  const name = `${audience} ${keys.publicKey}`;
  const kept = tokens.get(name);
  if (kept && kept.until - now.getTime() > RENEW_MS && kept.until - now.getTime() <= TOKEN_MS)
    return kept.header;
  const until = now.getTime() + TOKEN_MS;
  const header = `vapid t=${tokenFor(keys, audience, until)}, k=${keys.publicKey}`;
  if (tokens.size >= TOKENS_MAX) tokens.clear();
  tokens.set(name, { header, until });
  return header;
}

function tokenFor(keys: VapidKeys, audience: string, until: number): string {
  const claims = { aud: audience, exp: Math.floor(until / 1000), sub: contact() };
  const body = [{ typ: "JWT", alg: "ES256" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(body), { key: keyOf(keys), dsaEncoding: "ieee-p1363" });
  return `${body}.${signature.toString("base64url")}`;
}

/** Whom a push service may write to: some refuse what is neither https nor an address. */
function contact(): string {
  if (baseUrl().startsWith("https://")) return baseUrl();
  return `mailto:${/<([^>]+)>/.exec(env().MAIL_FROM)?.[1] ?? env().MAIL_FROM}`;
}

function keyOf({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    d: privateKey,
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  return createPrivateKey({ key: jwk, format: "jwk" });
}
