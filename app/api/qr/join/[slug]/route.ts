import QRCode from "qrcode";
import { businessBySlug } from "@/components/card/own-card";
import { problem } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { baseUrl } from "@/lib/platform/env";

const SIZE_MAX = 2_048;
const SIZE_MIN = 128;

/**
 * The QR code that leads to a business's joining page, for posters and screens.
 * Shape: SVG, or PNG with `?format=png&size=1024`; `download=1` makes it a file. Public, like the page it leads to.
 */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/qr/join/[slug]">,
): Promise<Response> {
  try {
    const [{ slug }, query] = [await params, new URL(request.url).searchParams];
    const business = await businessBySlug(slug);
    if (!business) throw new Refused("not_found");
    const isPng = query.get("format") === "png";
    const address = `${baseUrl()}/join/${business.slug}`;
    const options = { errorCorrectionLevel: "M", margin: 2 } as const;
    const asked = Math.round(Number(query.get("size") ?? 1_024)) || 1_024;
    const width = Math.min(SIZE_MAX, Math.max(SIZE_MIN, asked));
    const body = isPng
      ? new Uint8Array(await QRCode.toBuffer(address, { ...options, width }))
      : await QRCode.toString(address, { ...options, type: "svg" });
    const name = `join-${business.slug}.${isPng ? "png" : "svg"}`;
    return new Response(body, {
      headers: {
        "Content-Type": isPng ? "image/png" : "image/svg+xml; charset=utf-8",
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": `${query.get("download") === "1" ? "attachment" : "inline"}; filename="${name}"`,
      },
    });
  } catch (error) {
    return problem(error);
  }
}
