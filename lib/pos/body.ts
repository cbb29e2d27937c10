import "server-only";
import { Refusal } from "./answer";
import { BadForm } from "./form";

const BYTES_MAX = 1_000_000;
const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json$/i;

/**
 * The JSON a till sent; `undefined` for no body, whatever its content type says.
 *
 * Refuses: `payloadTooLarge` over 1 MB, `BadForm` for another content type or broken JSON. A missing content type is let pass.
 */
export async function readBody(request: Request): Promise<unknown> {
  if (!request.body) return undefined;
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > BYTES_MAX) throw new Refusal("payloadTooLarge");
  const text = (declared === null ? await readText(request.body) : await request.text()).trim();
  if (text === "") return undefined;
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim();
  if (type && !JSON_TYPE.test(type))
    throw new BadForm([{ errorCode: "contentType", field: "Content-Type", value: type.slice(0, 100) }]);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadForm([{ errorCode: "malformedJson", field: null }]);
  }
}

/** A body that does not say how long it is stops being read at the limit. */
async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) throw new Refusal("payloadTooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
