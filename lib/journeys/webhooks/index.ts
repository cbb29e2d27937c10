import "server-only";
/**
 * Webhooks: a journey telling the owner's own systems that somebody came to a step.
 *
 * Always true: every call is signed and carries the run and step as its key, so that the other side can tell a repetition; no call
 * goes to a private address, also not by redirection, unless the operator allows it.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import { type Context, require } from "../../access";
import { secretFor } from "../../platform/crypto";
import { log } from "../../platform/log";
import { callOutward, OutwardFailed } from "../../platform/outward";

const payloadForm = z.object({
  businessId: z.string(),
  journeyId: z.string(),
  journey: z.string(),
  runId: z.string(),
  memberId: z.string(),
  step: z.string(),
  url: z.string(),
  trigger: z.record(z.string(), z.unknown()),
});

const TIMEOUT_MS = 8_000;
const HOPS_MAX = 3;
const SIGNED_TIME_MS = 1_000;

/** What a business checks our calls with: `HMAC-SHA256(secret, time + "." + body)` in hex is the `v1` of `Kolo-Signature`. */
export function webhookSecret(ctx: Context): string {
  require(ctx, "journeys:write");
  return secretOf(ctx.business.id.toString());
}

const secretOf = (businessId: string) =>
  `whsec_${createHmac("sha256", secretFor("webhook")).update(businessId).digest("base64url")}`;

/** The `Kolo-Signature` of a body sent at a moment. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const time = Math.floor(at.getTime() / SIGNED_TIME_MS);
  return `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`;
}

/**
 * Makes one call; the job's. Throws to be tried again later: after trouble on the way, 408, 425, 429 and 5xx.
 *
 * Time: 8 s a hop. What the other side refuses for good is written to the log and let go.
 */
export async function callWebhook(payload: unknown, now: Date): Promise<void> {
  const { businessId, url, ...call } = payloadForm.parse(payload);
  const body = JSON.stringify({
    type: "journey.step",
    at: now.toISOString(),
    companyId: businessId,
    ...call,
  });
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "Kolo",
    "Idempotency-Key": `${call.runId}-${call.step}`,
    "Kolo-Signature": signatureOf(secretOf(businessId), body, now),
  };
  const { status, isForGood } = await follow(url, headers, body);
  if (status >= 200 && status < 300) return;
  if (!isForGood && (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500))
    throw new Error(`webhook answered ${status}`);
  log.warn("webhook.refused", { business: businessId, journey: call.journeyId, step: call.step, status });
}

/** Follows redirections that keep the method; each address is looked at anew. */
async function follow(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; isForGood: boolean }> {
  let address = url;
  try {
    for (let hop = 0; hop < HOPS_MAX; hop += 1) {
      const answer = await callOutward(address, { headers, body, timeoutMs: TIMEOUT_MS });
      const { location } = answer.headers;
      if ((answer.status !== 307 && answer.status !== 308) || location === undefined)
        return { status: answer.status, isForGood: false };
      address = new URL(location, address).href;
    }
    return { status: 310, isForGood: true };
  } catch (error) {
    const isForGood =
      error instanceof TypeError ||
      (error instanceof OutwardFailed && (error.code === "private_address" || error.code === "bad_address"));
    return { status: 0, isForGood };
  }
}
