/** Calls to the owner's systems, over real sockets to stand-ins on loopback, with and without the operator's allowance. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test, vi } from "vitest";

const allowed = { value: "1" };
vi.mock("../../platform/env", () => ({
  env: () => ({ KOLO_ALLOW_PRIVATE: allowed.value, KOLO_SECRET: "s" }),
}));
vi.mock("../../platform/crypto", () => ({ secretFor: () => Buffer.alloc(32, 7) }));
vi.mock("../../platform/log", () => ({ log: { warn: () => undefined } }));
vi.mock("../../access", () => ({ require: () => undefined }));
const { callWebhook, webhookSecret } = await import(".");

type Got = { path: string; headers: IncomingHttpHeaders; body: string };
const got: Got[] = [];
/** Answers by path: a status alone, or `/<status>/<path to lead on to>`. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const path = request.url ?? "";
    got.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const [, status = "200", ...on] = path.split("/");
    if (path.startsWith("/shut/")) allowed.value = "0";
    const code = path.startsWith("/shut/") ? 307 : Number(status);
    if (on.length > 0) response.writeHead(code, { Location: `/${on.join("/")}` }).end();
    else response.writeHead(code).end();
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  allowed.value = "1";
  got.length = 0;
});

const NOW = new Date("2026-03-10T10:00:00Z");
const call = async (path: string) =>
  await callWebhook(
    {
      businessId: "7",
      journeyId: "8",
      journey: "Welcome",
      runId: "9",
      memberId: "10",
      step: "hook",
      url: `http://127.0.0.1:${port}${path}`,
      trigger: { source: "card" },
    },
    NOW,
  );
const paths = () => got.map(({ path }) => path);

test("is signed, keyed by run and step, and says who came to which step and why", async () => {
  await call("/204");
  const [{ headers, body }] = got as [Got];
  const secret = webhookSecret({ business: { id: 7n } } as never);
  const time = NOW.getTime() / 1000;
  const mac = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  expect(headers).toMatchObject({ "kolo-signature": `t=${time},v1=${mac}`, "idempotency-key": "9-hook" });
  expect(JSON.parse(body)).toEqual({
    type: "journey.step",
    at: NOW.toISOString(),
    companyId: "7",
    journeyId: "8",
    journey: "Welcome",
    runId: "9",
    memberId: "10",
    step: "hook",
    trigger: { source: "card" },
  });
});

test.each(["408", "425", "429", "500", "503"])("is tried again after %s", async (status) =>
  expect(call(`/${status}`)).rejects.toThrow(`webhook answered ${status}`),
);
test.each(["400", "404", "410", "302"])("is let go after %s", async (status) =>
  expect(call(`/${status}`)).resolves.toBeUndefined(),
);

test("redirections that keep the method are followed with the body, a few of them; others are not", async () => {
  await call("/307/308/200");
  expect(paths()).toEqual(["/307/308/200", "/308/200", "/200"]);
  expect(new Set(got.map(({ body }) => body)).size).toBe(1);
  got.length = 0;
  await call("/302/200");
  expect(paths()).toEqual(["/302/200"]);
  got.length = 0;
  await call("/307/307/307/307/307/200");
  expect(got).toHaveLength(3);
});

test("no private address without the operator's word: at first, or behind a redirection", async () => {
  allowed.value = "0";
  await call("/200");
  expect(got).toEqual([]);
  allowed.value = "1";
  await call("/shut/200");
  expect(paths()).toEqual(["/shut/200"]);
});
