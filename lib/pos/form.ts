import "server-only";
import type { z } from "zod";
import { FIELD_PROBLEMS, type FieldProblem } from "./schema";

/** One thing wrong with a request, as `errors[]` of `badRequest` names it. */
export type FieldError = {
  readonly errorCode: FieldProblem | "contentType" | "malformedJson";
  readonly field: string | null;
  readonly value?: string;
};

/** Thrown for what the client wrote wrongly; becomes 400 `badRequest` with `errors[]`. */
export class BadForm extends Error {
  readonly errors: readonly FieldError[];
  constructor(errors: readonly FieldError[]) {
    super("bad form");
    this.name = "BadForm";
    this.errors = errors;
  }
}

const VALUE_MAX = 100;

/** Reads a body or query by its schema. Refuses: `BadForm` with every field that is wrong, not just the first. */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new BadForm(
    result.error.issues.map(({ path, message }) => {
      const value = path.reduce(within, input);
      const own = FIELD_PROBLEMS.find((problem) => problem === message);
      return badField(path.join(".") || null, own ?? (isNothing(value) ? "nullable" : "typeMismatch"), value);
    }),
  );
}

/** One wrong field, with what was in it if it is short and plain. */
export function badField(field: string | null, errorCode: FieldProblem, value?: unknown): FieldError {
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return { errorCode, field, ...(isPlain ? { value: String(value).slice(0, VALUE_MAX) } : {}) };
}

const within = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

const isNothing = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
