import "server-only";
import http from "node:http";
import { assert } from "../kernel/refusals";
import { currentTime } from "../platform/clock";
import type { Answered, Asked } from "./answer";
import { readText } from "./body";
import { answerTill } from "./face";

const ABSOLUTE = /^https?:\/\/[^/?#]+(?=\/partner\/v2(?:[/?#]|$))/i;
const OURS = /^\/+partner\/+v2(?:[/?]|$)/;
/** What is still read of a body after its refusal. */
const REST_BYTES_MAX = 16_000_000;
const REST_MS_MAX = 5_000;

/**
 * The address a till meant, below /partner/v2; `undefined` for addresses that are not the till API's.
 *
 * Shape: an absolute target (a client behind a proxy setting) loses its host, a trailing slash and doubled slashes go, and what
 * cannot be decoded becomes an address that is not there.
 */
export function targetOf(url: string): { path: string; query: string } | undefined {
  const relative = url.replace(ABSOLUTE, "");
  if (!OURS.test(relative)) return undefined;
  const at = relative.indexOf("?");
  const path = at < 0 ? relative : relative.slice(0, at);
  const below = path
    .replaceAll(/\/{2,}/g, "/")
    .replace(/^\/partner\/v2\/?/, "")
    .replace(/\/$/, "");
  return { path: decoded(below) ?? "-", query: at < 0 ? "" : relative.slice(at) };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** A till's request by the framework's own way: what the wire below does not catch, such as another host of the app. */
export async function tillRoute(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { status, headers, body } = await answerTill({
    method: request.method,
    ...(targetOf(pathname + search) ?? { path: "-", query: "" }),
    header: (name) => request.headers.get(name) ?? undefined,
    text: async () => await readText(request.body, request.headers.get("content-length") ?? undefined),
    hasHungUp: () => request.signal.aborted,
    now: currentTime(),
  });
  return new Response(body === "" || request.method === "HEAD" ? null : body, { status, headers });
}

function askedOf(request: http.IncomingMessage, target: { path: string; query: string }): Asked {
  const { headers, method = "GET" } = request;
  return {
    method,
    ...target,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    // A body given up halfway leaves the connection open: the refusal still has to go out on it.
    text: async () => await readText(request.iterator({ destroyOnReturn: false }), headers["content-length"]),
    hasHungUp: () => request.socket.destroyed,
    now: currentTime(),
  };
}

/**
 * Sends the answer, and closes nothing before the rest of the body was taken in: closing a connection on bytes nobody read
 * throws away the answer that is on its way (RFC 9112, section 9.6). Who sends for too long is not waited for.
 */
function send(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { status, headers, body }: Answered,
): void {
  response.writeHead(
    status,
    body === "" ? headers : { ...headers, "Content-Length": Buffer.byteLength(body) },
  );
  if (request.complete || request.destroyed) return void response.end(body);
  response.write(body);
  let left = REST_BYTES_MAX;
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, REST_MS_MAX);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.byteLength;
    if (left < 0) end();
  });
  request.once("end", end);
  request.once("close", end);
  request.resume();
}

const OPENED = Symbol.for("kolo.till-wire");

/**
 * Answers tills in front of the framework, on every HTTP server of this process; called once at its start by
 * `instrumentation.ts`.
 *
 * A server emits "request" before anything of the framework sees it. There header names keep the spelling that existing clients
 * compare letter by letter (fetch's Headers lose it), and a purchase costs a third of the time (docs/decisions.md).
 */
export function openTillWire(): void {
  const prototype = http.Server.prototype as http.Server & { [OPENED]?: true };
  if (prototype[OPENED]) return;
  prototype[OPENED] = true;
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
      if (target) {
        void answerTill(askedOf(request, target)).then((answered) => send(request, response, answered));
        return true;
      }
    }
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
}
