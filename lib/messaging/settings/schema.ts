import { z } from "zod";
import { CHANNELS, KINDS } from "../model";

const minute = z.int().min(0).max(1439);
const count = z.int().min(1).max(1000);
const cap = z.object({ day: count.nullable(), week: count.nullable() });
/** Messages a second. */
const perSecond = z.number().min(0.01).max(10_000);
const httpAddress = z.url({ protocol: /^https?$/ }).max(500);

/** How SMS go out: a gateway that speaks like Twilio, or any other HTTP gateway described here. */
const smsGateway = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("off") }),
  z.object({
    kind: z.literal("twilio"),
    baseUrl: httpAddress,
    account: z.string().trim().min(1).max(100),
    from: z.string().trim().min(1).max(40),
  }),
  z.object({
    kind: z.literal("http"),
    url: httpAddress,
    /** `{to}`, `{text}`, `{from}` and `{id}` are filled in, safely for the form chosen. */
    body: z.string().min(1).max(2_000),
    form: z.enum(["json", "form"]),
    /** Header that carries the key, such as `Authorization: Bearer {key}`. */
    header: z.string().trim().max(100),
    from: z.string().trim().max(40),
    /** Where the answer names the message, such as `messages.0.id`; empty: nowhere. */
    idPath: z.string().trim().max(100),
  }),
]);
export type SmsGateway = z.output<typeof smsGateway>;

export const messagingSettings = z.object({
  /** Marketing waits for the end of these hours, in the member's own zone where it is known. */
  quiet: z.object({ from: minute, until: minute }).nullable(),
  /** How much marketing one member gets through channels that leave the house. */
  caps: cap.extend({
    channel: z.partialRecord(z.enum(CHANNELS), cap),
    kind: z.partialRecord(z.enum(KINDS), cap),
  }),
  pace: z.object({ push: perSecond, telegram: perSecond, email: perSecond, sms: perSecond }),
  /** Members who get no marketing at all, so that everything together can be measured. */
  controlPercent: z.number().min(0).max(50),
  /** Channels where marketing is agreed to until a member says otherwise: what was agreed at the counter. */
  assumed: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  push: z.object({ isOn: z.boolean() }),
  email: z.object({ isOn: z.boolean(), replyTo: z.union([z.email().max(200), z.literal("")]) }),
  telegram: z.object({
    isOn: z.boolean(),
    bot: z.string().trim().max(64),
    apiUrl: z.union([httpAddress, z.literal("")]),
  }),
  sms: smsGateway,
});
export type MessagingSettings = z.output<typeof messagingSettings>;

/** Providers' keys, entered once and never shown again; what is missing is kept as it was, an empty one is forgotten. */
export const providerKeys = z.object({
  sms: z.string().trim().max(500).optional(),
  telegram: z.string().trim().max(200).optional(),
});
export type ProviderKeys = z.output<typeof providerKeys>;

export const STARTING: MessagingSettings = {
  quiet: { from: 21 * 60, until: 9 * 60 },
  caps: { day: 2, week: 5, channel: { sms: { day: 1, week: 2 } }, kind: {} },
  pace: { push: 500, telegram: 25, email: 20, sms: 10 },
  controlPercent: 0,
  assumed: ["inbox", "push", "telegram"],
  push: { isOn: true },
  email: { isOn: true, replyTo: "" },
  telegram: { isOn: false, bot: "", apiUrl: "" },
  sms: { kind: "off" },
};
