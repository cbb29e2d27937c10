import "server-only";
import { z } from "zod";
import { type Refusal, type RefusalDetail, Refused } from "../kernel/refusals";
import { log } from "../platform/log";
import type { Context, SignedInPerson, SignedInStaff, Visitor } from "./model";
import { currentPerson, currentStaff, currentVisitor, signedInStaff } from "./session/door";

/** What a screen learns of its call. `fields`: path of an input to the codes of what is wrong with it. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      code: Refusal | "internal";
      detail?: RefusalDetail;
      fields?: Record<string, string[]>;
    };

/** What comes with a call beside its input. `idempotencyKey`: made by the client, the same for every repetition. */
export type Meta = {
  readonly idempotencyKey: string | undefined;
  /** Of a route: fires when the caller has gone away. */
  readonly signal?: AbortSignal;
};

/** Fits `useActionState`; may also be called with a plain object in place of a form. */
export type Action<S extends z.ZodType, T> = (
  previous: ActionResult<T> | null,
  input: FormData | z.input<S>,
) => Promise<ActionResult<T>>;

const IDEMPOTENCY_KEY = /^[\w-]{8,100}$/;

function makeAction<Caller>(find: () => Promise<Caller | undefined>) {
  return <S extends z.ZodType, T>(
    schema: S,
    run: (caller: Caller, input: z.output<S>, meta: Meta) => Promise<T>,
  ): Action<S, T> =>
    async (_previous, input) => {
      try {
        const { idempotencyKey, ...fields } = plain(input);
        const parsed = parse(schema, fields);
        const caller = await find();
        if (caller === undefined) throw new Refused("unauthenticated");
        const value = await run(caller, parsed, { idempotencyKey: keyOf(idempotencyKey) });
        return { ok: true, value };
      } catch (error) {
        return await refusal(error);
      }
    };
}

/**
 * A server action of a signed-in staff person: parse, find the caller, run, answer. Errors never leave as text.
 *
 * Shape: `run(ctx, input, meta)`; redirects inside it pass through.
 */
export const action = makeAction<Context>(currentStaff);
/** The same for a staff person who may not have chosen a business yet. */
export const staffAction = makeAction<SignedInStaff>(signedInStaff);
/** The same for a signed-in person. */
export const personAction = makeAction<SignedInPerson>(currentPerson);
/** The same for anybody. */
export const visitorAction = makeAction<Visitor>(currentVisitor);

/** The input as given, or refused as `invalid` with the fields it fails in. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Invalid(fieldsOf(parsed.error));
}

/** `invalid`, with where and why; fields are the schema's own names, never what was sent. */
export class Invalid extends Refused {
  readonly fields: Record<string, string[]>;
  constructor(fields: Record<string, string[]>) {
    super("invalid");
    this.fields = fields;
  }
}

function fieldsOf(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues.slice(0, 50)) {
    const path = issue.path.map(String).join(".").slice(0, 100);
    fields[path] = [...(fields[path] ?? []), codeOf(issue)];
  }
  return fields;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return issue.message;
  const isEmpty = issue.code === "too_small" && issue.origin === "string" && Number(issue.minimum) === 1;
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  return isEmpty || isMissing ? "required" : issue.code;
}

/** A form's fields: names ending in `[]` are lists, React's own are dropped. */
function plain(input: unknown): Record<string, unknown> {
  if (!(input instanceof FormData)) return typeof input === "object" && input !== null ? { ...input } : {};
  const fields: Record<string, unknown> = {};
  for (const name of new Set(input.keys())) {
    if (name.startsWith("$ACTION")) continue;
    if (name.endsWith("[]")) fields[name.slice(0, -2)] = input.getAll(name);
    else fields[name] = input.get(name);
  }
  return fields;
}

export function keyOf(key: unknown): string | undefined {
  if (key === undefined || key === null || key === "") return undefined;
  if (typeof key === "string" && IDEMPOTENCY_KEY.test(key)) return key;
  throw new Invalid({ idempotencyKey: ["invalid_format"] });
}

async function refusal(error: unknown): Promise<{ ok: false } & Exclude<ActionResult<never>, { ok: true }>> {
  if (error instanceof Invalid) return { ok: false, code: error.code, fields: error.fields };
  if (error instanceof Refused) return { ok: false, code: error.code, detail: error.detail };
  const { unstable_rethrow } = await import("next/navigation");
  unstable_rethrow(error); // redirect() and notFound() travel as throws
  log.error("action_failed", error);
  return { ok: false, code: "internal" };
}
