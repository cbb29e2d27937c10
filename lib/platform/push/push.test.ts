/** Web push: the RFC's own example, and a proof that verifies. */
import { createPublicKey, verify } from "node:crypto";
import { expect, test, vi } from "vitest";
import { encrypt, PAYLOAD_MAX } from "./encrypt";
import { makeVapidKeys, vapidHeader } from "./vapid";

vi.mock("../env", () => ({
  env: () => ({ MAIL_FROM: "Kolo <hello@kolo.example>" }),
  baseUrl: () => "http://localhost:3000",
}));

const bytes = (text: string) => Buffer.from(text, "base64url");
const browser = {
  endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

test("the example of RFC 8291, section 5, byte for byte", () => {
  const fixed = {
    salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
    privateKey: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
  };
  const body = encrypt("When I grow up, I want to be a watermelon", browser, fixed);
  expect(body.toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("a payload over the record's size is refused", () => {
  expect(encrypt("x".repeat(PAYLOAD_MAX), browser).byteLength).toBeLessThanOrEqual(4096);
  expect(() => encrypt("x".repeat(PAYLOAD_MAX + 1), browser)).toThrow("over the limit");
});

test("the proof of RFC 8292 names the service, ends within a day, verifies, and is made once", () => {
  const keys = makeVapidKeys();
  const now = new Date("2026-03-10T10:00:00Z");
  const header = vapidHeader(keys, "https://push.example.net", now);
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? [];
  expect(key).toBe(keys.publicKey);
  const [head = "", claims = "", signature = ""] = token.split(".");
  expect(JSON.parse(bytes(claims).toString())).toEqual({
    aud: "https://push.example.net",
    exp: now.getTime() / 1000 + 43_200,
    sub: "mailto:hello@kolo.example",
  });
  const point = bytes(keys.publicKey);
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  expect(
    verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: "ieee-p1363" },
      bytes(signature),
    ),
  ).toBe(true);
  expect(vapidHeader(keys, "https://push.example.net", new Date(now.getTime() + 3_600_000))).toBe(header);
  expect(vapidHeader(keys, "https://push.example.net", new Date(now.getTime() + 43_200_000))).not.toBe(
    header,
  );
  expect(vapidHeader(keys, "https://other.example", now)).not.toBe(header);
});

test("what another implementation encrypts and what we encrypt is the same for the browser", async () => {
  const { default: webpush } = await import("web-push");
  const { PushStandIn } = await import("@/tests/support/stand-ins");
  const service = await new PushStandIn().start();
  try {
    const mine = service.subscribe("mine");
    const payload = JSON.stringify({ title: "Вітаємо", body: "x".repeat(900) });
    const keys = makeVapidKeys();
    const header = (at: Date) => vapidHeader(keys, service.url, at);
    const post = async (body: Buffer, authorization: string) =>
      (
        await fetch(mine.endpoint, {
          method: "POST",
          body: new Uint8Array(body),
          headers: { Authorization: authorization, "Content-Encoding": "aes128gcm", TTL: "60" },
        })
      ).status;
    expect(await post(encrypt(payload, mine), header(new Date()))).toBe(201);
    const theirs = webpush.generateRequestDetails({ endpoint: mine.endpoint, keys: mine }, payload, {
      vapidDetails: { subject: "mailto:a@example.com", ...keys },
      contentEncoding: "aes128gcm",
    });
    expect(await post(theirs.body ?? Buffer.alloc(0), String(theirs.headers.Authorization))).toBe(201);
    expect(service.received.map((one) => one.payload)).toEqual([JSON.parse(payload), JSON.parse(payload)]);
  } finally {
    service.stop();
  }
});
