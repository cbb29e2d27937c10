import { CODE_ALPHABET, readCode } from "../promo/model";

/** Money paid in advance on a code, spent in parts by whoever has the code. Minor units. */
export type Certificate = {
  readonly id: bigint;
  readonly code: string;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  /** Whose card shows it. */
  readonly memberId: bigint | null;
  readonly memberName: string | null;
  readonly greeting: string | null;
  readonly soldAt: Date;
  /** Exclusive; null: for ever. */
  readonly expiresAt: Date | null;
  readonly withdrawnAt: Date | null;
};

/** One movement of a certificate's money. Positive: onto it. */
export type CertificateMovement = {
  readonly id: bigint;
  readonly at: Date;
  readonly reason: "sell" | "spend" | "refund" | "expire" | "withdraw";
  readonly amountMinor: bigint;
  readonly operationId: bigint | null;
};

export type CertificateState = "live" | "spent" | "expired" | "withdrawn";

/** What may still be done with one, at a moment. */
export function certificateState(
  certificate: Pick<Certificate, "balanceMinor" | "expiresAt" | "withdrawnAt">,
  now: Date,
): CertificateState {
  if (certificate.withdrawnAt !== null) return "withdrawn";
  if (certificate.expiresAt !== null && certificate.expiresAt <= now) return "expired";
  return certificate.balanceMinor > 0n ? "live" : "spent";
}

/** Sixteen of them are 79 bits: not to be guessed. */
export const CERTIFICATE_CODE_LENGTH = 16;
const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CERTIFICATE_CODE_LENGTH}}$`);

/** A certificate's code out of what was typed or scanned, as it is kept; nothing when it is none. */
export function readCertificateCode(text: string): string | undefined {
  const code = readCode(text);
  return code !== undefined && CODE.test(code) ? code : undefined;
}

/** The code as people read it: in groups of four. */
export const showCertificateCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join("-");
