import "server-only";
import { createHmac } from "node:crypto";
import { sameText } from "../../platform/crypto";

/** Older or newer than this is a replay. */
const TOLERANCE_S = 300;

/** Whether a webhook was signed as Svix signs: HMAC-SHA256 over id, time and body, any of several signatures. */
export function isSigned(
  secret: string,
  headers: {
    readonly id: string | null;
    readonly timestamp: string | null;
    readonly signature: string | null;
  },
  body: string,
  now: Date,
): boolean {
  const { id, timestamp, signature } = headers;
  const seconds = Number(timestamp);
  if (!id || !signature || !Number.isInteger(seconds)) return false;
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return signature
    .split(" ")
    .slice(0, 10)
    .some((one) => one.startsWith("v1,") && sameText(one.slice(3), expected));
}
