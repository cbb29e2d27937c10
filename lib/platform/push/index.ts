import "server-only";
/**
 * Web push: RFC 8030 with the content encoding of RFC 8291 and the sender's proof of RFC 8292.
 *
 * Owns the installation's VAPID keys, made once and kept for ever: browsers subscribe to that very key. Always true: the
 * push service sees neither what is said nor to whom.
 */
import { callOutward, retryAfterMs } from "../outward";
import { type Browser, encrypt } from "./encrypt";
import * as store from "./store";
import { type VapidKeys, vapidHeader } from "./vapid";

export { type Browser, PAYLOAD_MAX } from "./encrypt";

export type PushOptions = {
  /** Seconds the service keeps it for a phone that is off. */
  readonly ttl: number;
  readonly urgency: "low" | "normal" | "high";
  /** A later push of the same topic takes the place of one not delivered yet. At most 32 letters of base64url. */
  readonly topic?: string;
};

/** `gone`: the browser is not there any more; forget it. `later`: trouble that passes. `rejected`: never will. */
export type PushOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "gone" }
  | { readonly kind: "later"; readonly reason: string; readonly afterMs?: number | undefined }
  | { readonly kind: "rejected"; readonly reason: string };

let keys: Promise<VapidKeys> | undefined;

/** This installation's keys; the first to ask makes them. */
async function vapidKeys(): Promise<VapidKeys> {
  keys ??= store.keys().catch((error: unknown) => {
    keys = undefined;
    throw error;
  });
  return await keys;
}

/** What a browser subscribes with (`applicationServerKey`), base64url. */
export async function pushPublicKey(): Promise<string> {
  return (await vapidKeys()).publicKey;
}

/** Encrypts and posts one push. Time: at most ten seconds; `now` dates the proof. Refuses: nothing; throws only on a broken subscription. */
export async function sendPush(
  browser: Browser,
  payload: string,
  options: PushOptions,
  now: Date,
): Promise<PushOutcome> {
  const authorization = vapidHeader(await vapidKeys(), new URL(browser.endpoint).origin, now);
  const answer = await callOutward(browser.endpoint, {
    body: encrypt(payload, browser),
    headers: {
      Authorization: authorization,
      "Content-Encoding": "aes128gcm",
      "Content-Type": "application/octet-stream",
      TTL: String(options.ttl),
      Urgency: options.urgency,
      ...(options.topic === undefined ? {} : { Topic: options.topic }),
    },
  }).catch((error: unknown) => String(error instanceof Error ? error.message : error));
  if (typeof answer === "string")
    return answer === "private_address" || answer === "bad_address"
      ? { kind: "gone" }
      : { kind: "later", reason: answer };
  return outcomeOf(answer.status, retryAfterMs(answer.headers, now));
}

function outcomeOf(status: number, afterMs: number | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 429 || status >= 500 || status < 200)
    return { kind: "later", reason: `http_${status}`, afterMs };
  return { kind: "rejected", reason: `http_${status}` };
}
