import "server-only";
import type { Context } from "../access";
import { Refused } from "../kernel/refusals";
import { certificateByCode } from "../program";
import { readCertificateCode } from "../program/model";
import type { Identifier } from "../sales/model";
import { identify } from "./identify";

export type Tender = {
  readonly by: Identifier;
  readonly mixed: boolean;
  /** The code is a gift certificate's: it pays as much of the bill as it has. */
  readonly certificate: string | null;
};

/**
 * Whom a till means and what they pay with: `code` may be a certificate's, alone or beside a phone or uid.
 *
 * Shape: without a phone or uid it is whoever's card the certificate is on. Refuses: as `identify`; `certificate_unknown`,
 * `certificate_expired`, `locked`; `not_found` for a certificate on nobody's card.
 */
export async function tenderOf(
  ctx: Context,
  code: string | null,
  participant: { readonly uid: string | null; readonly phone: string | null },
  prefix: "" | "participant.",
): Promise<Tender> {
  const certificate = code === null ? undefined : readCertificateCode(code);
  if (certificate === undefined) return { ...identify(ctx, code, participant, prefix), certificate: null };
  const found = await certificateByCode(ctx, certificate);
  if (participant.uid !== null || participant.phone !== null) {
    const { by } = identify(ctx, null, participant, prefix);
    return { by, mixed: true, certificate };
  }
  if (found.memberId === null) throw new Refused("not_found");
  return { by: { memberId: found.memberId }, mixed: false, certificate };
}
