import "server-only";
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** Where one browser takes push, as it told us: address and keys, base64url. */
export type Browser = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

/** One record of 4096 bytes, less header, delimiter and tag. */
export const PAYLOAD_MAX = 3_993;
const RECORD_SIZE = 4096;

/** RFC 8291: what only that browser can read. `fixed` is for the RFC's own example. */
export function encrypt(
  payload: string,
  { p256dh, auth }: Browser,
  fixed?: { readonly salt: Buffer; readonly privateKey: Buffer },
): Buffer {
  const plain = Buffer.from(payload, "utf8");
  if (plain.byteLength > PAYLOAD_MAX) throw new Error("push payload over the limit");
  const theirs = Buffer.from(p256dh, "base64url");
  const ours = createECDH("prime256v1");
  if (fixed) ours.setPrivateKey(fixed.privateKey);
  else ours.generateKeys();
  const ourPublic = ours.getPublicKey();
  const salt = fixed?.salt ?? randomBytes(16);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ourPublic]);
  const secret = hkdfSync("sha256", ours.computeSecret(theirs), Buffer.from(auth, "base64url"), info, 32);
  const key = hkdfSync("sha256", Buffer.from(secret), salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = hkdfSync("sha256", Buffer.from(secret), salt, "Content-Encoding: nonce\0", 12);
  const cipher = createCipheriv("aes-128-gcm", Buffer.from(key), Buffer.from(nonce));
  const header = Buffer.alloc(21);
  salt.copy(header);
  header.writeUInt32BE(RECORD_SIZE, 16);
  header.writeUInt8(ourPublic.byteLength, 20);
  // 0x02 ends the last record.
  const body = [cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([header, ourPublic, ...body]);
}
