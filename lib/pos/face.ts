import "server-only";
import { businessByKey, type Context } from "../access";
import { parseId } from "../kernel/ids";
import { Refused } from "../kernel/refusals";
import { type Answered, type Asked, answer, Refusal, refusal } from "./answer";
import { readBody } from "./body";
import { takeFor } from "./bucket";
import { findCustomer, getCustomer, getTags, listCustomers, listTags, postTags } from "./customers";
import type { Handler } from "./handler";
import { calculate, createOperation, getOperation, listOperations, refundOperation } from "./operations";
import { rewardCustomers } from "./reward";
import { getSettings } from "./settings";
import { createVoucher } from "./voucher";

type Methods = { readonly GET?: Handler; readonly POST?: Handler };

/** Every address below /partner/v2; `*` stands for a number. */
const ADDRESSES = new Map<string, Methods>([
  ["settings", { GET: getSettings }],
  ["tags", { GET: listTags }],
  ["customers", { GET: listCustomers }],
  ["customers/find", { GET: findCustomer }],
  ["customers/*", { GET: getCustomer }],
  ["customers/*/tags", { GET: getTags, POST: postTags }],
  ["operations", { GET: listOperations, POST: createOperation }],
  ["operations/calc", { POST: calculate }],
  ["operations/reward", { POST: rewardCustomers }],
  ["operations/voucher", { POST: createVoucher }],
  ["operations/*", { GET: getOperation }],
  ["operations/*/refund", { POST: refundOperation }],
]);

/**
 * Answers one request to the till API: authenticates, counts, reads, runs the handler, answers as UDS does. Never throws.
 *
 * Shape: a method without a handler is 405, an unknown address 404; HEAD asks as GET does, OPTIONS names the methods. Every
 * answer carries the trace headers. Limits: 1 MB of body, the business's requests per second and key.
 */
export async function answerTill(asked: Asked): Promise<Answered> {
  try {
    const { methods, number } = addressOf(asked.path);
    const allowed = Object.keys(methods);
    if (asked.method === "OPTIONS") return answer(asked, 204, undefined, { Allow: allowed.join(", ") });
    const handler = methods[(asked.method === "HEAD" ? "GET" : asked.method) as keyof Methods];
    if (!handler) throw new Refusal("methodNotAllowed", { Allow: allowed.join(", ") });
    const ctx = await callerOf(asked);
    const id = idOf(number);
    const body = handler === methods.GET ? undefined : await readBody(asked);
    const result = await handler({ ctx, id, query: () => queryOf(asked), body });
    return answer(asked, result.status ?? 200, result.body);
  } catch (error) {
    return refusal(asked, error);
  }
}

function addressOf(path: string): { methods: Methods; number: string | undefined } {
  const known = ADDRESSES.get(path);
  if (known) return { methods: known, number: undefined };
  const [head, number, ...rest] = path.split("/");
  const methods = ADDRESSES.get([head, "*", ...rest].join("/"));
  if (!methods) throw new Refusal("notFound");
  return { methods, number };
}

/** The till behind a request, if it may make one more. No key at all is `forbidden`, a wrong one `unauthorized`. */
async function callerOf({ header: headerOf, now }: Asked): Promise<Context> {
  const header = headerOf("authorization");
  if (header === undefined) throw new Refused("forbidden");
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
function idOf(number: string | undefined): bigint {
  if (number === undefined) return 0n;
  const parsed = parseId(number);
  if (parsed === undefined) throw new Refused("not_found");
  return parsed;
}

const queryOf = ({ query }: Asked): Record<string, string> => Object.fromEntries(new URLSearchParams(query));
