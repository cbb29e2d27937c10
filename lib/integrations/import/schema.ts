import { z } from "zod";
import { parseId } from "../../kernel/ids";
import { CUSTOM_FIELDS_MAX } from "../../members/model";
import { COLUMNS_MAX, ENCODINGS, SEPARATORS } from "./csv/model";
import { DAY_ORDERS, FIELDS, FILE_BYTES_MAX, KINDS } from "./model";

/** The id of an import as pages and addresses carry it. */
export const importId = z.union([z.string(), z.bigint()]).transform((value, check) => {
  const parsed = parseId(value);
  if (parsed !== undefined) return parsed;
  check.addIssue({ code: "custom", message: "invalid_id" });
  return z.NEVER;
});

export const newImport = z.object({
  kind: z.enum(KINDS),
  fileName: z.string().trim().min(1).max(200),
  bytes: z.int().min(1).max(FILE_BYTES_MAX),
});
export type NewImport = z.output<typeof newImport>;

const column = z.int().min(0).max(COLUMNS_MAX);
export const mapping = z.object({
  columns: z.partialRecord(z.enum(FIELDS), column),
  fields: z
    .record(z.string().regex(/^[1-9]\d{0,15}$/), column)
    .refine((fields) => Object.keys(fields).length <= CUSTOM_FIELDS_MAX)
    .optional(),
  hasHeader: z.boolean(),
  encoding: z.enum(ENCODINGS),
  separator: z.enum(SEPARATORS),
  dayOrder: z.enum(DAY_ORDERS),
});

export const mappingInput = z.object({ importId, mapping });
export const undoInput = z.object({ importId, leaves: z.boolean() });
export const oneImport = z.object({ importId });
