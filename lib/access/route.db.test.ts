/** Native endpoints: whatever a client gets wrong is its own 4xx problem, and nothing of ours leaks into an answer. */
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createApiKey, require, route } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { founded } from "@/tests/support/doors";
import { line } from "./schema";

let credentials: string;
let companyId: bigint;

beforeAll(async () => {
  const { ctx, business } = await founded();
  const { key } = await createApiKey(ctx, { name: "Till" });
  companyId = business.id;
  credentials = `Basic ${btoa(`${business.id}:${key}`)}`;
});

const echo = route(z.object({ id: line(20).optional(), name: line(20) }), async (ctx, input, meta) => ({
  ...input,
  key: meta.idempotencyKey ?? null,
  company: ctx.business.id,
  actor: ctx.actor.kind,
  at: new Date(0),
}));

function post(body: unknown, headers: Record<string, string> = {}) {
  return new Request("http://kolo.test/api/pos/v1/things/7?name=query", {
    method: "POST",
    headers: { authorization: credentials, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await response.json();
  expect(body).toMatchObject({ status: response.status, type: `urn:kolo:problem:${body.code}` });
  return [response.status, body.code, body.fields];
}

test("path, body and query make the input, in this order of weight; ids leave as numbers", async () => {
  const params = Promise.resolve({ id: "7" });
  const request = post({ id: "8", name: "Anna" }, { "idempotency-key": "a-key-of-ours" });
  const response = await echo(request, { params });
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      id: "7",
      name: "Anna",
      key: "a-key-of-ours",
      company: Number(companyId),
      actor: "till",
      at: "1970-01-01T00:00:00.000Z",
    },
  ]);
  expect(await (await echo(post(""))).json()).toMatchObject({ name: "query" });
});

test.each<[string, () => Request, unknown[]]>([
  ["malformed JSON", () => post("{"), [400, "invalid", { "": ["invalid_json"] }]],
  ["a list", () => post([1]), [400, "invalid", { "": ["invalid_type"] }]],
  ["a wrong type", () => post("a=b", { "content-type": "text/plain" }), [415, "unsupported_type", undefined]],
  ["over a megabyte", () => post({ name: "x".repeat(1_000_001) }), [413, "too_large", undefined]],
  ["a wrong field", () => post({ name: { deep: 1 } }), [400, "invalid", { name: ["invalid_type"] }]],
  ["an empty field", () => post({ name: "  " }), [400, "invalid", { name: ["required"] }]],
  ["invisible characters", () => post({ name: "a\u0000b" }), [400, "invalid", { name: ["invalid_format"] }]],
  [
    "a wild key",
    () => post({ name: "a" }, { "idempotency-key": "?" }),
    [400, "invalid", { idempotencyKey: ["invalid_format"] }],
  ],
  ["no such till", () => post({}, { authorization: "Basic MTp4" }), [401, "unauthenticated", undefined]],
  ["another scheme", () => post({}, { authorization: "Bearer x" }), [401, "unauthenticated", undefined]],
  ["nonsense", () => post({}, { authorization: "Basic %%%" }), [401, "unauthenticated", undefined]],
])("%s", async (_name, request, expected) => {
  expect(await problemOf(await echo(request()))).toEqual(expected);
});

test("who is not known is asked for a key", async () => {
  const response = await echo(post({}, { authorization: "Basic MTp4" }));
  expect(response.headers.get("www-authenticate")).toContain("Basic");
});

test("another site's pages get nowhere with a cookie", async () => {
  const request = new Request("http://kolo.test/x", { headers: { "sec-fetch-site": "cross-site" } });
  expect(await problemOf(await echo(request))).toEqual([403, "forbidden", undefined]);
});

test("a refusal carries its values, a bug nothing", async () => {
  const refusing = route(z.object({}), () => {
    throw new Refused("locked", { retryAfterSeconds: 60 });
  });
  const response = await refusing(post({}));
  expect(response.headers.get("retry-after")).toBe("60");
  expect(await response.json()).toMatchObject({ code: "locked", values: { retryAfterSeconds: 60 } });
  const failing = route(z.object({}), () => {
    throw new Error("secret of ours");
  });
  const broken = await failing(post({}));
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toContain("secret");
});

test("a till does what tills may, no more; nothing to say is 204", async () => {
  const staffOnly = route(z.object({}), async (ctx) => require(ctx, "staff:write"));
  expect(await problemOf(await staffOnly(post({})))).toEqual([403, "forbidden", undefined]);
  const silent = route(z.object({}), async () => undefined);
  expect((await silent(post({}))).status).toBe(204);
  const made = route(z.object({}), async () => ({}), { status: 201 });
  expect((await made(post({}))).status).toBe(201);
});
