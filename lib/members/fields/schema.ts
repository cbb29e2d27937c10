import { z } from "zod";
import { CUSTOM_FIELDS_MAX, CUSTOM_KINDS, CUSTOM_OPTIONS_MAX, CUSTOM_TEXT_MAX } from "./model";

const option = z.string().trim().min(1).max(80);

/** A field as it is made or changed; its kind is its own for ever. */
export const customFieldEdit = z
  .object({
    /** Null: a new one. */
    id: z.bigint().nullable(),
    name: z.string().trim().min(1).max(60),
    kind: z.enum(CUSTOM_KINDS),
    options: z.array(option).max(CUSTOM_OPTIONS_MAX),
  })
  .refine(({ kind, options }) => kind !== "choice" || options.length > 0, {
    path: ["options"],
    message: "required",
  })
  .refine(({ options }) => new Set(options).size === options.length, {
    path: ["options"],
    message: "repeated",
  });
export type CustomFieldEdit = z.output<typeof customFieldEdit>;

/** What is set of one member; null forgets. Values are looked at by the field's kind. */
export const customValuesEdit = z.object({
  memberId: z.bigint(),
  values: z
    .array(
      z.object({
        fieldId: z.bigint(),
        value: z.union([z.string().max(CUSTOM_TEXT_MAX), z.number(), z.boolean()]).nullable(),
      }),
    )
    .max(CUSTOM_FIELDS_MAX),
});
export type CustomValuesEdit = z.output<typeof customValuesEdit>;
