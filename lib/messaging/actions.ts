"use server";
import { z } from "zod";
import { action } from "../access";
import * as messaging from "./index";
import { LANGUAGES } from "./model";
import { messagingSettings, providerKeys } from "./settings/schema";
import { contentSchema, templateDraft } from "./template/schema";

/** Saves a template's draft. */
export const saveTemplate = action(templateDraft, messaging.saveTemplate);

/** Puts a template away. */
export const archiveTemplate = action(z.object({ id: z.bigint() }), (ctx, { id }) =>
  messaging.archiveTemplate(ctx, id),
);

/** Sends a draft to whoever writes it. */
export const testTemplate = action(
  z.object({ content: contentSchema, locale: z.enum(LANGUAGES), channel: z.enum(["email", "push"]) }),
  messaging.testSend,
);

/** Saves the rules of sending and the channels. */
export const saveMessagingRules = action(
  z.object({ settings: messagingSettings, keys: providerKeys }),
  messaging.saveMessagingRules,
);

/** Tries the SMS gateway. */
export const testSms = action(z.object({ to: z.string().trim().min(1).max(30) }), (ctx, { to }) =>
  messaging.testSms(ctx, to),
);

const addressed = z.object({ channel: z.enum(["email", "sms"]), address: z.string().trim().min(1).max(254) });

/** Closes an address: nothing is sent to it any more. */
export const closeAddress = action(addressed, messaging.suppress);

/** Opens an address again. */
export const openAddress = action(addressed, messaging.unsuppress);
