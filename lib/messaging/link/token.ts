import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { secretFor } from "../../platform/crypto";
import { baseUrl } from "../../platform/env";

export type Pointed = { readonly businessId: bigint; readonly messageId: bigint };

const ID_BYTES = 16;
const MAC_BYTES = 10;

const macOf = (ids: Buffer) =>
  createHmac("sha256", secretFor("message-link")).update(ids).digest().subarray(0, MAC_BYTES);

/** What stands in a message's links: which message it is, signed. Shape: 35 letters of base64url. */
export function tokenOf({ businessId, messageId }: Pointed): string {
  const ids = Buffer.alloc(ID_BYTES);
  ids.writeBigUInt64BE(businessId);
  ids.writeBigUInt64BE(messageId, 8);
  return Buffer.concat([ids, macOf(ids)]).toString("base64url");
}

/** The message a token names, or nothing for one we did not make. */
export function readToken(token: string): Pointed | undefined {
  if (!/^[\w-]{35}$/.test(token)) return undefined;
  const bytes = Buffer.from(token, "base64url");
  const ids = bytes.subarray(0, ID_BYTES);
  if (bytes.byteLength !== ID_BYTES + MAC_BYTES || !timingSafeEqual(bytes.subarray(ID_BYTES), macOf(ids)))
    return undefined;
  return { businessId: ids.readBigUInt64BE(), messageId: ids.readBigUInt64BE(8) };
}

/** Where a message's own link leads; the press is counted on the way. */
export const clickUrl = (message: Pointed): string => `${baseUrl()}/api/m/${tokenOf(message)}`;
export const unsubscribeUrl = (message: Pointed): string =>
  `${baseUrl()}/api/m/${tokenOf(message)}/unsubscribe`;
/** A dot a mail program loads from us when the letter is opened. */
export const openedUrl = (message: Pointed): string => `${baseUrl()}/api/m/${tokenOf(message)}/opened`;
export const smsStatusUrl = (message: Pointed): string => `${baseUrl()}/api/hooks/sms/${tokenOf(message)}`;
