import { voucherPicture } from "@/lib/pos";

/** The QR picture behind `qrCode128` and `qrCode256` of a voucher. Public: who has the code may see it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string; code: string }> },
): Promise<Response> {
  const { slug, code } = await params;
  const picture = await voucherPicture(slug, code, new URL(request.url).searchParams.get("size"));
  if (!picture) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(picture), {
    headers: { "Content-Type": "image/png", "Cache-Control": "private, max-age=86400, immutable" },
  });
}
