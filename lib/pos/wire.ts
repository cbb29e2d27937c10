import "server-only";
import http from "node:http";
import { assert } from "../kernel/refusals";
import { currentTime, freshUuid } from "../platform/clock";
import { TRACE_HEADERS } from "./answer";

const ABSOLUTE = /^https?:\/\/[^/?#]+(?=\/partner\/v2(?:[/?#]|$))/i;
const OURS = /^\/+partner\/+v2(?:[/?]|$)/;

/**
 * The address a till meant, as the router knows it; `undefined` for addresses that are not the till API's.
 *
 * Shape: an absolute target (a client behind a proxy setting) loses its host, a trailing slash and doubled slashes go, and what
 * cannot be decoded becomes an address that is not there.
 */
export function targetOf(url: string): string | undefined {
  const relative = url.replace(ABSOLUTE, "");
  if (!OURS.test(relative)) return undefined;
  const at = relative.indexOf("?");
  const path = at < 0 ? relative : relative.slice(0, at);
  const tidy = path.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  return (isDecodable(tidy) ? tidy : "/partner/v2/-") + (at < 0 ? "" : relative.slice(at));
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

/**
 * Gives an answer its trace headers in their exact spelling, whoever wrote the answer.
 *
 * Existing clients compare the names letter by letter, and everything that passes through fetch's Headers comes out in lower
 * case; answers the framework gives by itself have none at all.
 */
export function spellHeaders(response: http.ServerResponse, origin: string | undefined): void {
  const write = response.writeHead.bind(response) as (...args: unknown[]) => http.ServerResponse;
  const own: Record<string, () => string | undefined> = {
    "X-Request-Id": freshUuid,
    "X-Timestamp": () => currentTime().toISOString(),
    "X-Origin-Request-Id": () => origin,
  };
  response.writeHead = (...args: unknown[]) => {
    for (const name of TRACE_HEADERS) {
      const value = response.getHeader(name) ?? own[name]?.();
      if (value !== undefined) response.setHeader(name, value);
    }
    return write(...args);
  };
}

const PATCHED = Symbol.for("kolo.till-wire");

/**
 * Puts the two in front of every HTTP server of this process; called once at its start by `instrumentation.ts`.
 *
 * A server emits "request" before anything of the framework sees it, which is the only place early enough.
 */
export function openTillWire(): void {
  const prototype = http.Server.prototype as http.Server & { [PATCHED]?: true };
  if (prototype[PATCHED]) return;
  prototype[PATCHED] = true;
  const emit: unknown = Reflect.get(prototype, "emit");
  assert(typeof emit === "function", "a server emits events");
  prototype.emit = function tillWire(this: http.Server, event: string | symbol, ...args: unknown[]) {
    const [request, response] = args;
    if (
      event === "request" &&
      request instanceof http.IncomingMessage &&
      response instanceof http.ServerResponse
    ) {
      const target = request.url === undefined ? undefined : targetOf(request.url);
      if (target !== undefined) {
        request.url = target;
        const origin = request.headers["x-origin-request-id"];
        spellHeaders(response, Array.isArray(origin) ? origin[0] : origin);
      }
    }
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
}
