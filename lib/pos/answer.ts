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

/** One request of a till, however it came in. */
export type Asked = {
  readonly method: string;
  /** Below /partner/v2, without slashes around it. */
  readonly path: string;
  /** What follows the question mark. */
  readonly query: string;
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The body, decoded; throws `Refusal` when it is over the limit. */
  readonly text: () => Promise<string>;
  readonly hasHungUp: () => boolean;
  readonly now: Date;
};

/** Headers in the spelling existing clients compare letter by letter. */
export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: none. */
  readonly body: string;
};

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

/** JSON, or no body at all, with the trace headers. */
export function answer(
  { header, now }: Asked,
  status: number,
  body: object | undefined,
  extra: Readonly<Record<string, string>> = {},
): Answered {
  const origin = header("x-origin-request-id");
  const headers = {
    ...(body ? { "Content-Type": "application/json; charset=utf-8" } : {}),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": freshUuid(),
    "X-Timestamp": now.toISOString(),
    ...(origin === undefined ? {} : { "X-Origin-Request-Id": origin }),
    ...extra,
  };
  return { status, headers, body: body ? JSON.stringify(body) : "" };
}

/** Any error as UDS writes it, in the language the client asks for. What nobody foresaw is logged and says nothing. */
export function refusal(asked: Asked, error: unknown): Answered {
  const locale = pickLocale(undefined, asked.header("accept-language") ?? null);
  const { code, errors, headers } = understood(error, asked.method);
  // A client that hung up in the middle is nobody's mistake.
  if (code === "internalServerError" && !asked.hasHungUp())
    log.error("pos", error, { method: asked.method, path: asked.path });
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
