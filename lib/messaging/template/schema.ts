import { z } from "zod";
import { KINDS, LANGUAGES, PURPOSES } from "../model";

const line = (max: number) => z.string().max(max);
const empty = (value: string) => (value.trim() === "" ? undefined : value);
const optional = (max: number) =>
  line(max)
    .optional()
    .transform((value) => (value === undefined ? undefined : empty(value)));

export const wordingSchema = z.object({
  title: line(200),
  text: line(2_000),
  button: optional(60),
  url: optional(500),
  subject: optional(200),
  mail: optional(10_000),
  sms: optional(1_000),
  fallbacks: z.record(z.string().max(40), line(100)).optional(),
});

const plainValue = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

/** What a message says, as it lies in the database and comes from the editor. */
export const contentSchema = z.object({
  locales: z.partialRecord(z.enum(LANGUAGES), wordingSchema),
  offers: z
    .array(z.object({ kind: line(40).min(1), with: z.record(z.string().max(40), plainValue) }))
    .max(5)
    .optional(),
});

export const templateDraft = z.object({
  /** Missing: a new one. */
  templateId: z.bigint().nullable(),
  /** The version the draft was made from. */
  basedOn: z.int().min(0),
  name: z.string().trim().min(1).max(100),
  purpose: z.enum(PURPOSES),
  kind: z.enum(KINDS),
  content: contentSchema,
});
export type TemplateDraft = z.output<typeof templateDraft>;
