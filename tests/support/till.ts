/** A till that calls the till API as the server would, without a server. */
import { type Context, createApiKey } from "@/lib/access";
import { tillRoute } from "@/lib/pos";

export type Answered = { status: number; headers: Headers; body: unknown };
export type Till = {
  /** A call as the demo's till makes it: `path` below /partner/v2, a body that is not a string goes as JSON. */
  send: (
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answered>;
  get: (path: string, headers?: Record<string, string>) => Promise<Answered>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>;
  authorization: string;
  keyId: bigint;
};

/** A till with a key of its own in the context's business. */
export async function newTill(ctx: Context): Promise<Till> {
  const { id: keyId, key } = await createApiKey(ctx, { name: "Test till" });
  const authorization = `Basic ${Buffer.from(`${ctx.business.id}:${key}`).toString("base64")}`;
  const send: Till["send"] = async (method, path, body, headers = {}) => {
    const url = new URL(`/partner/v2/${path}`, "http://till.test");
    const sent = new Headers({ authorization, ...headers });
    if (body !== undefined && !sent.has("content-type")) sent.set("content-type", "application/json");
    for (const [name, value] of Object.entries(headers)) if (value === "") sent.delete(name);
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    // Bytes, because a string would bring a content type of its own.
    const bytes = text === undefined ? {} : { body: new TextEncoder().encode(text) };
    const request = new Request(url, { method, headers: sent, ...bytes });
    const response = await tillRoute(request);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    send,
    get: async (path, headers) => await send("GET", path, undefined, headers),
    post: async (path, body, headers) => await send("POST", path, body, headers),
    authorization,
    keyId,
  };
}

/** A value inside an answer by its dotted path; fails when the key is not there. */
export function valueAt(body: unknown, path: string): unknown {
  return path.split(".").reduce((value: unknown, key) => {
    if (typeof value !== "object" || value === null || !(key in value))
      throw new Error(`no ${path} in ${JSON.stringify(body)}`);
    return (value as Record<string, unknown>)[key];
  }, body);
}

/** The same where a number is expected. */
export function numberAt(body: unknown, path: string): number {
  const value = valueAt(body, path);
  if (typeof value !== "number") throw new Error(`${path} is ${JSON.stringify(value)}, not a number`);
  return value;
}
