import "server-only";
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from "node:crypto";
import { env } from "../env";

/** One installation secret, one key per purpose: a key that leaks opens nothing else. */
const PURPOSES = [
  "session:staff",
  "session:person",
  "sign-in-code",
  "sign-in-link",
  "sign-in-attempt",
  "kept-pages",
  "webhook",
  "vapid",
  "provider-keys",
  "message-link",
  "telegram-link",
  "suppression",
  "device",
] as const;
export type Purpose = (typeof PURPOSES)[number];

const derived = new Map<string, Buffer>();

/** The key for a purpose, derived from KOLO_SECRET by HKDF-SHA256: 32 bytes, the same in every process. */
export function secretFor(purpose: Purpose): Buffer {
  const from = env().KOLO_SECRET;
  const name = `${purpose} ${from}`;
  let key = derived.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", from, "kolo", purpose, 32));
    derived.set(name, key);
  }
  return key;
}

/** A fingerprint nobody can compute without the installation's secret: for what could otherwise be guessed through. */
export function keyedHash(purpose: Purpose, text: string): string {
  return createHmac("sha256", secretFor(purpose)).update(text).digest("hex");
}

/** A plain fingerprint, for random secrets too long to guess. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A random secret. Shape: base64url, no padding. Units: bytes of randomness. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** The same as plain base64, as tills are used to getting their key. */
export function randomKey(bytes = 32): string {
  return randomBytes(bytes).toString("base64");
}

/** Random characters of an alphabet, each equally likely. */
export function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

const SEAL_NONCE = 12;
const SEAL_TAG = 16;

/** Hides a secret at rest: AES-256-GCM under the purpose's key. Shape: base64url. */
export function seal(purpose: Purpose, text: string): string {
  const nonce = randomBytes(SEAL_NONCE);
  const cipher = createCipheriv("aes-256-gcm", secretFor(purpose), nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

/** What `seal` hid. Throws when it was sealed with another secret or changed. */
export function unseal(purpose: Purpose, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", secretFor(purpose), bytes.subarray(0, SEAL_NONCE));
  decipher.setAuthTag(bytes.subarray(SEAL_NONCE, SEAL_NONCE + SEAL_TAG));
  const body = bytes.subarray(SEAL_NONCE + SEAL_TAG);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}
