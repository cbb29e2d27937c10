import "server-only";
/**
 * Outward: HTTP calls to addresses that people type in or browsers hand over.
 *
 * Always true: no call reaches a private address unless the operator allows it, whatever a name resolves to at that moment;
 * redirects are not followed; time and size are bounded. Connections are kept alive.
 */
import { lookup as lookupName } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "../env";
import { isPrivateAddress } from "./model";

export type OutwardCall = {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly timeoutMs?: number;
};
export type OutwardAnswer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
};

/** `private_address`, `bad_address`, `timeout` or `network`: nothing of the address itself, which may be secret. */
export class OutwardFailed extends Error {
  readonly code: "private_address" | "bad_address" | "timeout" | "network";
  /** Whether the other side may have got it all the same. */
  readonly mayHaveArrived: boolean;
  constructor(code: OutwardFailed["code"], mayHaveArrived = false) {
    super(code);
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 64_000;
const SOCKETS_MAX = 128;

/** Checked where the socket connects, so that a name cannot point elsewhere a moment after it was looked at. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookupName(hostname, options, (error, address, family) => {
    const all = Array.isArray(address) ? address : [{ address, family: family ?? 4 }];
    if (!error && !isPrivateAllowed() && all.some((one) => isPrivateAddress(one.address)))
      callback(new OutwardFailed("private_address"), address, family);
    else callback(error, address, family);
  });
};

const isPrivateAllowed = () => env().KOLO_ALLOW_PRIVATE === "1";
const options = { keepAlive: true, maxSockets: SOCKETS_MAX, scheduling: "lifo" } as const;
const agents = { "http:": new http.Agent(options), "https:": new https.Agent(options) };

/** Calls an address and waits for the whole answer. Refuses: throws `OutwardFailed`; any status is an answer. */
export async function callOutward(address: string, call: OutwardCall = {}): Promise<OutwardAnswer> {
  const url = parsed(address);
  const { promise, resolve, reject } = Promise.withResolvers<OutwardAnswer>();
  let isWritten = false;
  const failed = (code: OutwardFailed["code"]) => reject(new OutwardFailed(code, isWritten));
  const request = (url.protocol === "https:" ? https : http).request(
    url,
    {
      method: call.method ?? "POST",
      agent: url.protocol === "https:" ? agents["https:"] : agents["http:"],
      lookup: guardedLookup,
      headers: {
        ...call.headers,
        ...(call.body === undefined ? {} : { "Content-Length": Buffer.byteLength(call.body) }),
      },
    },
    (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes <= ANSWER_BYTES_MAX) chunks.push(chunk);
        else answer.destroy();
      });
      answer.on("close", () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
      answer.on("error", () => {}); // what came is what there is; "close" follows
    },
  );
  const timer = setTimeout(() => {
    failed("timeout");
    request.destroy();
  }, call.timeoutMs ?? TIMEOUT_MS);
  request.on("finish", () => {
    isWritten = true;
  });
  request.on("error", (error) => {
    clearTimeout(timer);
    if (error instanceof OutwardFailed) reject(error);
    else failed("network");
  });
  request.end(call.body);
  return await promise;
}

function parsed(address: string): URL {
  const url = URL.parse(address);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) throw new OutwardFailed("bad_address");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // A literal address is never looked up.
  if (isIP(host) && !isPrivateAllowed() && isPrivateAddress(host)) throw new OutwardFailed("private_address");
  return url;
}

/** When an answer asks to come again, in milliseconds; a date or seconds. */
export function retryAfterMs(headers: http.IncomingHttpHeaders, now: Date): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.min(3_600_000, Math.max(0, ms)) : undefined;
}

/** Whether an address may be called as it is written; where its name leads is looked at again when it is called. */
export function mayCallOutward(address: string): boolean {
  try {
    const { hostname, username } = parsed(address);
    return username === "" && (isPrivateAllowed() || !/(^|\.)(localhost|local|internal)$/.test(hostname));
  } catch {
    return false;
  }
}
