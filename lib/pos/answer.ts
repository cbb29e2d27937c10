import "server-only";
import { Refused } from "../kernel/refusals";
import { freshUuid } from "../platform/clock";
import { type Locale, pickLocale } from "../platform/i18n/locales";
import en from "../platform/i18n/messages/en/pos.json";
import ru from "../platform/i18n/messages/ru/pos.json";
import uk from "../platform/i18n/messages/uk/pos.json";
import { log } from "../platform/log";
import { BadForm, badField, type FieldError } from "./form";
import { ERROR_OF, type ErrorCode, FIELD_OF, STATUS_OF } from "./refusals";

const TEXTS: Readonly<Record<Locale, typeof en>> = { en, ru, uk };

/** The three headers every answer carries; `lib/pos/wire.ts` restores this very spelling, which fetch's Headers lose. */
export const TRACE_HEADERS = ["X-Request-Id", "X-Timestamp", "X-Origin-Request-Id"] as const;

/** One request as the answer needs it. */
export type Asked = { readonly request: Request; readonly now: Date };

/** A refusal that only this API knows, with headers of its own. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: ErrorCode, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.headers = headers;
  }
}

/** JSON with the trace headers. */
export function answer(
  { request, now }: Asked,
  status: number,
  body: object,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const headers: Record<string, string> = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Request-Id": freshUuid(),
    "X-Timestamp": now.toISOString(),
    ...extra,
  };
  const origin = request.headers.get("x-origin-request-id");
  if (origin !== null) headers["X-Origin-Request-Id"] = origin;
  return new Response(JSON.stringify(body), { status, headers });
}

/** Any error as UDS writes it, in the language the client asks for. What nobody foresaw is logged and says nothing. */
export function refusal(asked: Asked, error: unknown): Response {
  const locale = pickLocale(undefined, asked.request.headers.get("accept-language"));
  const { code, errors, headers } = understood(error, asked.request.method);
  // A client that hung up in the middle is nobody's mistake.
  if (code === "internalServerError" && !asked.request.signal.aborted)
    log.error("pos", error, { method: asked.request.method, path: new URL(asked.request.url).pathname });
  const body = {
    errorCode: code,
    message: TEXTS[locale].errors[code],
    ...(code === "badRequest" ? { errors: errors.map((each) => fieldJson(each, locale)) } : {}),
  };
  return answer(asked, STATUS_OF[code], body, headers);
}

type Understood = {
  code: ErrorCode;
  errors: readonly FieldError[];
  headers: Readonly<Record<string, string>>;
};

function understood(error: unknown, method: string): Understood {
  if (error instanceof BadForm) return { code: "badRequest", errors: error.errors, headers: {} };
  if (error instanceof Refusal) return { code: error.code, errors: [], headers: error.headers };
  if (!(error instanceof Refused)) return { code: "internalServerError", errors: [], headers: {} };
  const code = ERROR_OF[error.code] ?? "internalServerError";
  const field = error.detail.field ?? FIELD_OF[error.code];
  // In a query the same fields stand by themselves.
  const name = field === undefined || field === null ? null : String(field);
  const isOver = error.detail.limit !== undefined || error.detail.left !== undefined;
  return {
    code,
    errors: [
      badField(method === "GET" && name ? name.replace(/^receipt\./, "") : name, isOver ? "max" : "invalid"),
    ],
    headers: code === "tooManyRequests" ? { "Retry-After": "1" } : {},
  };
}

function fieldJson({ errorCode, field, value }: FieldError, locale: Locale) {
  const text = TEXTS[locale].fields[errorCode];
  return {
    errorCode,
    message: field === null ? text : `${field}: ${text}`,
    ...(field === null ? {} : { field }),
    ...(value === undefined ? {} : { value }),
  };
}
