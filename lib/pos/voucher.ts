import "server-only";
import QRCode from "qrcode";
import { toDecimal } from "../kernel/money";
import { baseUrl } from "../platform/env";
import { makeVoucher } from "../sales";
import { read } from "./form";
import type { Handler } from "./handler";
import { cashierOf } from "./operations";
import { voucherForm } from "./schema";

const CODE = /^[2-9A-HJKMNP-Z]{16}$/;
const SLUG = /^[\w-]{1,100}$/;
const SIZES = [128, 256] as const;

/** Where a customer who scanned a voucher claims it. */
const claimUrl = (slug: string, code: string) => `${baseUrl()}/card/voucher/${code}?b=${slug}`;

/** POST operations/voucher: points of a receipt without a customer, for whoever scans the code. */
export const createVoucher: Handler = async ({ ctx, body }) => {
  const { nonce, cashier, receipt } = read(voucherForm, body);
  const { code, points, expiresAt } = await makeVoucher(ctx, {
    totalMinor: receipt.total,
    skipMinor: receipt.skipLoyaltyTotal,
    receiptNumber: receipt.number,
    key: nonce,
    staffId: (await cashierOf(ctx, cashier))?.id ?? null,
  });
  const { slug } = ctx.business;
  const picture = (size: (typeof SIZES)[number]) =>
    `${baseUrl()}/api/qr/voucher/${slug}/${code}?size=${size}`;
  return {
    body: {
      code,
      qrCodeText: claimUrl(slug, code),
      qrCode128: picture(128),
      qrCode256: picture(256),
      expiresIn: expiresAt.toISOString(),
      points: toDecimal(points),
    },
  };
};

/**
 * The QR picture of a voucher, for tills that print a link to it. Nothing for what cannot be a voucher's code.
 *
 * Shape: PNG of 128 or 256 pixels. The code is the secret, so the picture says nothing its address does not say.
 */
export async function voucherPicture(
  slug: string,
  code: string,
  size: string | null,
): Promise<Buffer | undefined> {
  const width = SIZES.find((each) => String(each) === (size ?? "256"));
  if (!CODE.test(code) || !SLUG.test(slug) || width === undefined) return undefined;
  return await QRCode.toBuffer(claimUrl(slug, code), {
    type: "png",
    width,
    margin: 2,
    errorCorrectionLevel: "M",
  });
}
