import "server-only";
import type { z } from "zod";
import { parseId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { Invalid, keyOf, type Meta, parse } from "./action";
import { businessByKey } from "./keys/till";
import type { Context } from "./model";
import { problem, toJson } from "./problem";
import { currentStaff } from "./session/door";

const BODY_BYTES_MAX = 1_000_000;

type Params = { params?: Promise<Record<string, string | string[] | undefined>> };

/**
 * A native JSON endpoint for tills and for the staff's own screens: find the caller, parse, run, answer.
 *
 * Shape: a till sends `Authorization: Basic companyId:key`; without it the staff cookie counts, from our own pages only.
 * Input is the path's parameters, the query and the JSON body together, the path winning. Header `Idempotency-Key` comes
 * as `meta.idempotencyKey`. Answers JSON, 204 for nothing, a ready response as it is.
 * Refuses: as RFC 9457 problems; `too_large` over 1 MB, `unsupported_type` for a body that is not JSON.
 */
export function route<S extends z.ZodType>(
  schema: S,
  run: (ctx: Context, input: z.output<S>, meta: Meta) => Promise<unknown>,
  options: { status?: number } = {},
) {
  return async (request: Request, { params }: Params = {}): Promise<Response> => {
    try {
      const ctx = await callerOf(request);
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const input = parse(schema, { ...query, ...(await readBody(request)), ...(await params) });
      const key = keyOf(request.headers.get("idempotency-key"));
      const value = await run(ctx, input, { idempotencyKey: key, signal: request.signal });
      if (value === undefined) return new Response(null, { status: 204 });
      if (value instanceof Response) return value;
      return new Response(toJson(value), {
        status: options.status ?? 200,
        headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" },
      });
    } catch (error) {
      return problem(error, challengeFor(request));
    }
  };
}

/** Tills are told how to present a key; a browser told so would ask the staff for a password of its own. */
function challengeFor(request: Request): Record<string, string> {
  const isBrowser = request.headers.has("sec-fetch-mode");
  return isBrowser ? {} : { "WWW-Authenticate": 'Basic realm="kolo", charset="UTF-8"' };
}

async function callerOf(request: Request): Promise<Context> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const till = basicOf(authorization);
    const ctx = till && (await businessByKey(till.companyId, till.key, new Date()));
    if (!ctx) throw new Refused("unauthenticated");
    return ctx;
  }
  // A cookie comes along with requests other sites make people send; their intent does not.
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") throw new Refused("forbidden");
  const ctx = await currentStaff();
  if (!ctx) throw new Refused("unauthenticated");
  return ctx;
}

/** The company and key of a Basic header: everything behind the first colon is the key. */
export function basicOf(authorization: string): { companyId: bigint; key: string } | undefined {
  const encoded = /^Basic\s+([A-Za-z\d+/_-]+={0,2})$/i.exec(authorization.slice(0, 1000))?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const companyId = colon > 0 ? parseId(text.slice(0, colon)) : undefined;
  return companyId === undefined ? undefined : { companyId, key: text.slice(colon + 1) };
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  if (!request.body || request.method === "GET" || request.method === "HEAD") return {};
  const text = await readText(request.body);
  if (text.trim() === "") return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refused("unsupported_type");
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Invalid({ "": ["invalid_type"] });
  return { ...body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid({ "": ["invalid_json"] });
  }
}

/** Stops reading at the limit: a length header may lie, or be missing. */
async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new Refused("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
