import { z } from "zod";
import { isZone } from "../../kernel/time";
import { CHANNELS, PURPOSES } from "../model";

export const preferenceInput = z.object({
  purpose: z.enum(PURPOSES),
  channel: z.enum(CHANNELS),
  granted: z.boolean(),
});
export type PreferenceInput = z.output<typeof preferenceInput>;

const minute = z.int().min(0).max(1439).nullable();
export const quietInput = z.object({
  zone: z.string().max(60).refine(isZone, "invalid_format").nullable(),
  from: minute,
  until: minute,
});
export type QuietInput = z.output<typeof quietInput>;

/** A point on P-256 and sixteen bytes, as browsers hand them out. */
export const browserInput = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  p256dh: z.string().regex(/^[\w-]{86,88}=*$/),
  auth: z.string().regex(/^[\w-]{22,24}=*$/),
  userAgent: z.string().max(300).nullable(),
});
export type BrowserInput = z.output<typeof browserInput>;
