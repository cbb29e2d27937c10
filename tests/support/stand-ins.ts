/** Services of others, on loopback, speaking their real protocol: what was sent arrives here and is counted. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};
export type Answer = {
  readonly status: number;
  readonly body?: string | object;
  readonly headers?: Record<string, string>;
  /** Waits that long first; for ever when negative. */
  readonly afterMs?: number;
};

/** An HTTP service that answers as it is told and remembers everything it was asked. */
export class HttpStandIn {
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => Answer;
  #server: Server | undefined;
  url = "";

  constructor(answer: (asked: Asked) => Answer) {
    this.answer = answer;
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const asked = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) };
        this.asked.push(asked);
        const { status, body = "", headers = {}, afterMs = 0 } = this.answer(asked);
        if (afterMs < 0) return;
        const text = typeof body === "string" ? body : JSON.stringify(body);
        setTimeout(() => {
          response.writeHead(status, {
            "Content-Type": typeof body === "string" ? "text/plain" : "application/json",
            ...headers,
          });
          response.end(text);
        }, afterMs);
      });
    });
    const server = this.#server;
    // Opening a line again costs a busy process a turn of its loop each.
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

export type Received = {
  readonly browser: string;
  readonly payload: { title: string; body: string; tag: string; url: string; token: string };
  readonly topic: string | undefined;
  readonly ttl: number;
  readonly urgency: string | undefined;
};

/** A push service and the browsers behind it: verifies the sender's proof and decrypts what the browsers would show. */
export class PushStandIn extends HttpStandIn {
  readonly #browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  readonly received: Received[] = [];
  readonly gone = new Set<string>();
  /** In place of 201, for everything. */
  trouble: Answer | undefined;

  constructor() {
    super((asked) => this.#take(asked));
  }

  /** A browser that subscribes. */
  subscribe(name: string): { endpoint: string; p256dh: string; auth: string } {
    const ecdh = createECDH("prime256v1");
    const p256dh = ecdh.generateKeys("base64url", "uncompressed");
    const auth = randomBytes(16);
    this.#browsers.set(name, { ecdh, auth });
    return { endpoint: `${this.url}/push/${name}`, p256dh, auth: auth.toString("base64url") };
  }

  #take({ path, headers, body }: Asked): Answer {
    if (this.trouble) return this.trouble;
    const name = path.replace("/push/", "");
    const browser = this.#browsers.get(name);
    if (!browser || this.gone.has(name)) return { status: 410 };
    if (!isProven(headers.authorization ?? "", this.url)) return { status: 403 };
    if (headers["content-encoding"] !== "aes128gcm" || headers.ttl === undefined) return { status: 400 };
    const payload = JSON.parse(decrypt(body, browser)) as Received["payload"];
    const { topic, urgency, ttl } = headers as Record<string, string | undefined>;
    this.received.push({ browser: name, payload, topic, urgency, ttl: Number(ttl) });
    return { status: 201 };
  }
}

/** RFC 8292: a JWT for this very service, signed by the key it names, that ends within a day. */
function isProven(authorization: string, audience: string): boolean {
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65) return false;
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<
    string,
    unknown
  >;
  if (aud !== audience || typeof exp !== "number" || typeof sub !== "string") return false;
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const bytes = Buffer.from(signature, "base64url");
  return verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    bytes,
  );
}

/** RFC 8291 from the browser's side. */
function decrypt(
  body: Buffer,
  { ecdh, auth }: { ecdh: ReturnType<typeof createECDH>; auth: Buffer },
): string {
  const salt = body.subarray(0, 16);
  const length = body.readUInt8(20);
  const sender = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString("utf8");
}

/** Resend's batch endpoint: one answer a key, whatever is sent with it again; another body for a key is refused. */
export class ResendStandIn extends HttpStandIn {
  readonly letters: {
    to: string;
    subject: string;
    html: string;
    text: string;
    headers: Record<string, string>;
  }[] = [];
  readonly #answers = new Map<string, { body: string; answer: Answer }>();
  trouble: Answer | undefined;

  constructor() {
    super(({ path, headers, body }) => {
      if (this.trouble) return this.trouble;
      if (path !== "/emails/batch")
        return { status: 404, body: { name: "not_found", message: path, statusCode: 404 } };
      const key = String(headers["idempotency-key"]);
      const text = body.toString();
      const before = this.#answers.get(key);
      if (before && before.body !== text)
        return {
          status: 409,
          body: { name: "invalid_idempotent_request", message: "other body", statusCode: 409 },
        };
      if (before) return before.answer;
      const letters = JSON.parse(text) as typeof this.letters;
      this.letters.push(...letters);
      const data = letters.map((_, index) => ({ id: `${key}-${index}` }));
      const answer = { status: 200, body: { data } };
      this.#answers.set(key, { body: text, answer });
      return answer;
    });
  }
}
