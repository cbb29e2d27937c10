import "server-only";
import { businessByKey, type Context } from "../access";
import { parseId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { currentTime } from "../platform/clock";
import { type Asked, answer, Refusal, refusal } from "./answer";
import { readBody } from "./body";
import { takeFor } from "./bucket";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** What a handler gets: who calls, and the request taken apart but not yet understood. */
export type Call = {
  readonly ctx: Context;
  /** The number in the path, where the path has one. */
  readonly id: bigint;
  readonly query: () => Readonly<Record<string, string>>;
  readonly body: unknown;
};
export type Handler = (call: Call) => Promise<{ readonly status?: number; readonly body: object }>;

/** The framework gives addresses without a parameter no params at all, whatever its types say. */
type Params = { params: Promise<{ id?: string; path?: string[] }> | undefined };
type Endpoint = (request: Request, params: Params) => Promise<Response>;

/**
 * One address of the till API for all methods: authenticates, counts, reads, runs the handler, answers as UDS does.
 *
 * Shape: methods without a handler are 405; an address without any is 404. Every answer carries the trace headers.
 * Time: the request's moment is read once, here. Limits: 1 MB of body, the business's requests per second and key.
 */
export function udsRoute(handlers: Readonly<Partial<Record<Method, Handler>>>): Record<Method, Endpoint> {
  const allowed = METHODS.filter((method) => handlers[method]);
  const endpoint =
    (method: Method): Endpoint =>
    async (request, { params }) => {
      const asked: Asked = { request, now: currentTime() };
      try {
        if (allowed.length === 0) throw new Refusal("notFound");
        const handler = handlers[method];
        if (!handler) throw new Refusal("methodNotAllowed", { Allow: allowed.join(", ") });
        const ctx = await callerOf(asked);
        const id = idOf(await params);
        const body = method === "GET" ? undefined : await readBody(request);
        const result = await handler({ ctx, id, query: () => queryOf(request), body });
        return answer(asked, result.status ?? 200, result.body);
      } catch (error) {
        return refusal(asked, error);
      }
    };
  return {
    GET: endpoint("GET"),
    POST: endpoint("POST"),
    PUT: endpoint("PUT"),
    PATCH: endpoint("PATCH"),
    DELETE: endpoint("DELETE"),
  };
}

/** The till behind a request, if it may make one more. No key at all is `forbidden`, a wrong one `unauthorized`. */
async function callerOf({ request, now }: Asked): Promise<Context> {
  const header = request.headers.get("authorization");
  if (header === null) throw new Refused("forbidden");
  const login = loginOf(header);
  const ctx = login && (await businessByKey(login.companyId, login.key, now));
  if (!ctx || ctx.actor.kind !== "till")
    throw new Refusal("unauthorized", { "WWW-Authenticate": 'Basic realm="Kolo", charset="UTF-8"' });
  const { ratePerSecond, rateBurst } = ctx.business;
  const waitMs = takeFor(String(ctx.actor.id), now.getTime(), ratePerSecond, rateBurst);
  if (waitMs > 0) throw new Refusal("tooManyRequests", { "Retry-After": String(Math.ceil(waitMs / 1_000)) });
  return ctx;
}

/** Company id and key of a Basic header; the key may hold colons. */
function loginOf(header: string): { companyId: bigint; key: string } | undefined {
  const encoded = /^Basic +([A-Za-z\d+/_-]+={0,2})$/i.exec(header.trim())?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const companyId = colon > 0 ? parseId(text.slice(0, colon)) : undefined;
  return companyId === undefined ? undefined : { companyId, key: text.slice(colon + 1) };
}

/** A number that cannot be one of ours is simply not found. */
function idOf(params: { id?: string } | undefined): bigint {
  if (params?.id === undefined) return 0n;
  const parsed = parseId(params.id);
  if (parsed === undefined) throw new Refused("not_found");
  return parsed;
}

const queryOf = (request: Request): Record<string, string> => {
  const at = request.url.indexOf("?");
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(request.url.slice(at)));
};
