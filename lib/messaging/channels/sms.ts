import "server-only";
import { callOutward, type OutwardAnswer, OutwardFailed, retryAfterMs } from "../../platform/outward";
import { clickUrl, smsStatusUrl } from "../link/token";
import type { ChannelSender, Outcome, Outgoing, Post } from "../send/model";
import type { SmsGateway } from "../settings/schema";

/** SMS through a gateway that speaks like Twilio, or any other HTTP gateway the business described. */
export const sms: ChannelSender = {
  isRepeatable: () => false,
  batchMax: () => 1,
  concurrency: 8,
  send: async (batch, post) => await Promise.all(batch.map((outgoing) => one(outgoing, post))),
};

async function one(
  { message, rendered, address }: Outgoing,
  { business, settings, keys }: Post,
): Promise<Outcome> {
  if (address.sms === null || settings.sms.kind === "off") return { kind: "rejected", reason: "channel_off" };
  const pointed = { businessId: business.id, messageId: message.id };
  const words = rendered.sms ?? rendered.text;
  const text = rendered.url ? `${words} ${clickUrl(pointed)}` : words;
  return await sendSms(settings.sms, keys.sms ?? "", {
    to: address.sms,
    text,
    id: message.id.toString(),
    statusUrl: smsStatusUrl(pointed),
  });
}

type Sms = { readonly to: string; readonly text: string; readonly id: string; readonly statusUrl: string };

/** One SMS through a gateway; also what the office's test button calls. */
export async function sendSms(gateway: SmsGateway, key: string, message: Sms): Promise<Outcome> {
  if (gateway.kind === "off") return { kind: "rejected", reason: "channel_off" };
  try {
    const answer = await (gateway.kind === "twilio"
      ? twilio(gateway, key, message)
      : http(gateway, key, message));
    return outcomeOf(answer, gateway.kind === "twilio" ? "sid" : gateway.idPath);
  } catch (error) {
    if (!(error instanceof OutwardFailed)) throw error;
    return { kind: error.mayHaveArrived ? "uncertain" : "later", reason: error.code };
  }
}

async function twilio(
  gateway: Extract<SmsGateway, { kind: "twilio" }>,
  key: string,
  message: Sms,
): Promise<OutwardAnswer> {
  const { baseUrl, account, from } = gateway;
  const sender = /^MG[0-9a-f]{32}$/.test(from) ? "MessagingServiceSid" : "From";
  const isPublic = message.statusUrl.startsWith("https://");
  return await callOutward(
    `${baseUrl.replace(/\/+$/, "")}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`,
    {
      headers: {
        Authorization: `Basic ${Buffer.from(`${account}:${key}`).toString("base64")}`,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({
        To: message.to,
        [sender]: from,
        Body: message.text,
        ...(isPublic ? { StatusCallback: message.statusUrl } : {}),
      }).toString(),
    },
  );
}

async function http(
  gateway: Extract<SmsGateway, { kind: "http" }>,
  key: string,
  message: Sms,
): Promise<OutwardAnswer> {
  const { url, body, form, header, from } = gateway;
  const values: Readonly<Record<string, string>> = {
    to: message.to,
    text: message.text,
    from,
    id: message.id,
    key,
  };
  const escape = (value: string) =>
    form === "json" ? JSON.stringify(value).slice(1, -1) : encodeURIComponent(value);
  const filled = body.replaceAll(/\{(to|text|from|id|key)\}/g, (_all, name: string) =>
    escape(values[name] ?? ""),
  );
  const colon = header.indexOf(":");
  const auth =
    colon > 0
      ? {
          [header.slice(0, colon).trim()]: header
            .slice(colon + 1)
            .trim()
            .replaceAll("{key}", key),
        }
      : {};
  return await callOutward(url, {
    headers: {
      "Content-Type": form === "json" ? "application/json" : "application/x-www-form-urlencoded",
      "Idempotency-Key": message.id,
      ...auth,
    },
    body: filled,
  });
}

/** A key that is wrong today may be right tomorrow: only a no to this very message is for good. */
function outcomeOf(answer: OutwardAnswer, idPath: string): Outcome {
  const { status, headers, text } = answer;
  const reason = `http_${status}`;
  if (status === 429)
    return { kind: "later", reason, afterMs: retryAfterMs(headers, new Date(headers.date ?? 0)) };
  if (status >= 500) return { kind: status === 504 ? "uncertain" : "later", reason };
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return { kind: "later", reason };
  if (status < 200 || status >= 300) return { kind: "rejected", reason };
  if (idPath === "") return { kind: "sent", providerId: null };
  const id = at(parse(text), idPath);
  return id === undefined ? { kind: "uncertain", reason: "garbage" } : { kind: "sent", providerId: id };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, path: string): string | undefined {
  let found = value;
  for (const part of path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = Reflect.get(found, part);
  }
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}
