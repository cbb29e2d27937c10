/** The HTTP face of a journey that begins by a call: what a till may send, what it is answered, and what happens once. */
import { beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/pos/v1/journeys/[id]/entries/route";
import { type Context, createApiKey } from "@/lib/access";
import { asOwner } from "@/tests/support/database";
import { newBusiness } from "@/tests/support/world";
import { createJourney, goLive } from ".";
import { type Definition, emptyDefinition } from "./schema";

let credentials: string;
let journeyId: bigint;

const keyOf = async (ctx: Context) =>
  `Basic ${btoa(`${ctx.business.id}:${(await createApiKey(ctx, { name: "Shop" })).key}`)}`;

beforeAll(async () => {
  const ctx = await newBusiness({}, new Date());
  credentials = await keyOf(ctx);
  const definition: Definition = {
    ...emptyDefinition,
    controlBps: 0,
    triggers: [{ kind: "api" }],
    steps: [{ kind: "task", id: "t", title: "Look" }],
  };
  journeyId = await createJourney(ctx, { kind: "journey", name: "Order", definition, preset: null });
  await goLive(ctx, { id: journeyId, revision: 1, moves: false });
});

async function call(body: unknown, { key = "", login = credentials, id = journeyId.toString() } = {}) {
  const headers = {
    authorization: login,
    "content-type": "application/json",
    ...(key ? { "idempotency-key": key } : {}),
  };
  const request = new Request("http://kolo.test/api/pos/v1/journeys/1/entries", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const answer = await POST(request, { params: Promise.resolve({ id }) });
  return [answer.status, await answer.json()] as const;
}

test("a till lets a member in by phone, once for its key", async () => {
  const body = { phone: "+380671112233", properties: { order: 7, paid: true } };
  const [status, first] = await call(body, { key: "order-0007" });
  expect([status, first]).toEqual([200, { memberId: expect.any(Number), outcome: "entered" }]);
  expect(await call(body, { key: "order-0007" })).toEqual([200, first]);
  expect(await call({ ...body, properties: {} }, { key: "order-0007" })).toMatchObject([
    409,
    { code: "nonce_conflict", type: "urn:kolo:problem:nonce_conflict" },
  ]);
  expect(await call({ memberId: first.memberId }, { key: "order-0008" })).toMatchObject([
    200,
    { outcome: "under_way" },
  ]);
  const runs = "SELECT trigger FROM journey_run WHERE journey_id = $1";
  expect(await asOwner(runs, [journeyId])).toEqual([{ trigger: { order: 7, paid: true } }]);
});

test.each<[string, unknown, object, number, string]>([
  ["nobody", {}, {}, 400, "invalid"],
  ["both ways at once", { memberId: 5, phone: "+380671112233" }, {}, 400, "invalid"],
  ["a phone that is none", { phone: "call me" }, {}, 400, "invalid"],
  ["an unknown member", { memberId: 5 }, {}, 404, "not_found"],
  ["another journey", { phone: "+380671112233" }, { id: "77" }, 404, "not_found"],
  ["properties that are lists", { phone: "+380671112233", properties: { a: [1] } }, {}, 400, "invalid"],
  ["a wrong key", { phone: "+380671112233" }, { login: `Basic ${btoa("1:2")}` }, 401, "unauthenticated"],
])("refuses %s", async (_name, body, how, status, code) =>
  expect(await call(body, how)).toMatchObject([status, { code }]),
);

test("a key that calls without end is told to wait", async () => {
  const ctx = await newBusiness();
  await asOwner("UPDATE business SET rate_per_second = 1, rate_burst = 3 WHERE id = $1", [ctx.business.id]);
  const login = await keyOf(ctx);
  const answers = await Promise.all(Array.from({ length: 20 }, () => call({ memberId: 5 }, { login })));
  expect(answers.map(([status]) => status)).toContain(429);
});
