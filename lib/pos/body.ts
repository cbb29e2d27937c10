import "server-only";
import { type Asked, Refusal } from "./answer";
import { BadForm } from "./form";

const BYTES_MAX = 1_000_000;
const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json$/i;

/**
 * The JSON a till sent; `undefined` for no body, whatever its content type says.
 *
 * Refuses: `payloadTooLarge` over 1 MB, `BadForm` for another content type or broken JSON. A missing content type is let pass.
 */
export async function readBody({ header, text }: Asked): Promise<unknown> {
  const sent = (await text()).trim();
  if (sent === "") return undefined;
  const type = header("content-type")?.split(";", 1)[0]?.trim();
  if (type && !JSON_TYPE.test(type))
    throw new BadForm([{ errorCode: "contentType", field: "Content-Type", value: type.slice(0, 100) }]);
  try {
    return JSON.parse(sent) as unknown;
  } catch {
    throw new BadForm([{ errorCode: "malformedJson", field: null }]);
  }
}

/** Reads a stream of bytes as text. Refuses: `payloadTooLarge` over 1 MB, said beforehand or found out on the way. */
export async function readText(
  stream: AsyncIterable<Uint8Array> | null,
  declaredLength: string | undefined,
): Promise<string> {
  if (!stream || declaredLength === "0") return "";
  if (Number(declaredLength) > BYTES_MAX) throw new Refusal("payloadTooLarge");
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) throw new Refusal("payloadTooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
