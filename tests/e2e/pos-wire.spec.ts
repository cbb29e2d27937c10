/** The till API on the raw wire: what a client that compares letter by letter sees. */
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { expect, test } from "../support/e2e";

type Raw = { status: number; names: string[]; header: (name: string) => string | undefined; body: string };

/** Sends bytes, a second part of them a moment later, and only then reads what came until the server is done, as tills do. */
async function raw(baseUrl: string, lines: string[], body = "", later = ""): Promise<Raw> {
  const { hostname, port } = new URL(baseUrl);
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    socket.on("error", reject);
    socket.setTimeout(20_000, () => socket.destroy(new Error("the server kept silent")));
    const isInChunks = lines.includes("Transfer-Encoding: chunked");
    const length = body && !isInChunks ? [`Content-Length: ${Buffer.byteLength(body + later)}`] : [];
    socket.write([...lines, `Host: ${hostname}`, "Connection: close", ...length, "", body].join("\r\n"));
    if (!later) return;
    socket.pause();
    setTimeout(() => socket.write(later, () => socket.resume()), 500);
  });
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [statusLine = "", ...headers] = head.split("\r\n");
  const pairs = headers.map((line) => line.split(/: ?(.*)/s) as [string, string]);
  return {
    status: Number(statusLine.split(" ")[1]),
    names: pairs.map(([name]) => name),
    header: (name) => pairs.find(([each]) => each === name)?.[1],
    body: rest.join("\r\n\r\n"),
  };
}

const REQUEST_ID = /^[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)$/;

function login({ companyId, apiKey }: { companyId: number | string; apiKey: string }): string {
  return `Authorization: Basic ${Buffer.from(`${companyId}:${apiKey}`).toString("base64")}`;
}

test("the three headers keep their spelling on every answer", async ({ demo }) => {
  const key = login(demo);
  const json = "Content-Type: application/json";
  const calls: [number, string, string[], string?][] = [
    [200, "GET /partner/v2/settings", [key]],
    [200, "GET /partner/v2/settings/", [key]],
    [200, "GET /partner/v2//operations/?max=1&cursor=", [key]],
    [200, "GET https://api.uds.app/partner/v2/tags", [key]],
    [200, "HEAD /partner/v2/settings", [key]],
    [204, "OPTIONS /partner/v2/settings", [key]],
    [400, "POST /partner/v2/operations/calc", [key, json], "{"],
    [400, "POST /partner/v2/operations/calc", [key, "Content-Type: text/plain"], "{}"],
    [401, "GET /partner/v2/settings", ["Authorization: Basic MTox"]],
    [403, "GET /partner/v2/settings", []],
    [404, "GET /partner/v2/no/such/thing", [key]],
    [404, "GET /partner/v2", [key]],
    [404, "GET /partner/v2/%E0%A4%A", [key]],
    [405, "DELETE /partner/v2/settings", [key]],
    [413, "POST /partner/v2/operations", [key, json], `{"code":"${"1".repeat(1_100_000)}"}`],
  ];
  for (const [status, target, headers, body] of calls) {
    const origin = randomUUID();
    const answered = await raw(
      demo.baseUrl,
      [`${target} HTTP/1.1`, ...headers, `x-origin-request-id: ${origin}`],
      body,
    );
    const seen = `${target} → ${answered.status}\n${answered.names.join("\n")}\n${answered.body.slice(0, 300)}`;
    expect(answered.status, seen).toBe(status);
    expect(answered.header("X-Request-Id"), seen).toMatch(REQUEST_ID);
    expect(answered.header("X-Timestamp"), seen).toMatch(WITH_ZONE);
    expect(answered.header("X-Origin-Request-Id"), seen).toBe(origin);
    const lower = answered.names.map((name) => name.toLowerCase());
    expect(
      lower.filter((name) => name === "x-request-id"),
      seen,
    ).toHaveLength(1);
    if (status >= 400) expect(answered.body, seen).toContain('"errorCode"');
  }
});

test("who sends too much hears so, after sending it slowly and without saying its length", async ({
  demo,
}) => {
  const lines = (extra: string[] = []) => ["POST /partner/v2/operations HTTP/1.1", login(demo), ...extra];
  const part = "1".repeat(1_100_000);
  const whole = await raw(demo.baseUrl, lines(), part, part);
  expect(whole.status).toBe(413);
  expect(whole.body).toContain('"errorCode":"payloadTooLarge"');
  const chunk = `${part.length.toString(16)}\r\n${part}\r\n`;
  const chunked = await raw(demo.baseUrl, lines(["Transfer-Encoding: chunked"]), chunk, `${chunk}0\r\n\r\n`);
  expect(chunked.status).toBe(413);
  expect(chunked.body).toContain('"errorCode":"payloadTooLarge"');
});

test("a request without the header gets none back", async ({ demo }) => {
  const answered = await raw(demo.baseUrl, ["GET /partner/v2/settings HTTP/1.1", login(demo)]);
  expect(answered.status).toBe(200);
  expect(answered.names).not.toContain("X-Origin-Request-Id");
  expect(answered.names).toContain("X-Request-Id");
});

test("past the limit: 429 with Retry-After, the usual body and the headers", async ({ demo }) => {
  test.slow();
  const lines = ["GET /partner/v2/operations/0 HTTP/1.1", login(demo)];
  let limited: Raw | undefined;
  for (let wave = 0; wave < 20 && !limited; wave += 1) {
    const answers = await Promise.all(Array.from({ length: 120 }, () => raw(demo.baseUrl, lines)));
    limited = answers.find(({ status }) => status === 429);
  }
  expect(Number(limited?.header("Retry-After"))).toBeGreaterThanOrEqual(1);
  expect(limited?.header("X-Request-Id")).toMatch(REQUEST_ID);
  expect(limited?.body).toContain('"errorCode":"tooManyRequests"');
  // The tests after this one want to be let in.
  await new Promise((resolve) => setTimeout(resolve, 4_500));
});

test("the picture of a voucher is a PNG of the size asked for", async ({ demo, request }) => {
  const answered = await request.post("/partner/v2/operations/voucher", {
    headers: { Authorization: login(demo).slice("Authorization: ".length) },
    data: { receipt: { total: 500 } },
  });
  const voucher = (await answered.json()) as { qrCode128: string; qrCode256: string; qrCodeText: string };
  for (const [link, width] of [
    [voucher.qrCode128, 128],
    [voucher.qrCode256, 256],
  ] as const) {
    const { pathname, search } = new URL(link);
    const picture = await request.get(pathname + search);
    expect(picture.headers()["content-type"]).toBe("image/png");
    expect((await picture.body()).readUInt32BE(16)).toBe(width);
    expect((await request.get(`${pathname}?size=64`)).status()).toBe(404);
  }
});
