import { currentStaff, problem } from "@/lib/access";
import { addPiece } from "@/lib/integrations";
import { PIECE_BYTES } from "@/lib/integrations/model";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";

/** One piece of a file that is being uploaded from our own page; sent again it replaces itself. */
export async function PUT(
  request: Request,
  { params }: RouteContext<"/api/office/imports/[id]/pieces/[no]">,
): Promise<Response> {
  try {
    // A cookie comes along with requests other sites make people send; their intent does not.
    const site = request.headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin") throw new Refused("forbidden");
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const { id, no } = await params;
    const importId = parseId(id);
    if (importId === undefined || !/^\d{1,4}$/.test(no)) throw new Refused("not_found");
    await addPiece(ctx, importId, Number(no), await bytesOf(request));
    return new Response(null, { status: 204 });
  } catch (error) {
    return problem(error);
  }
}

/** Stops reading at the limit: a length header may lie, or be missing. */
async function bytesOf(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(PIECE_BYTES);
  let length = 0;
  for await (const chunk of request.body ?? []) {
    if (length + chunk.byteLength > PIECE_BYTES) throw new Refused("too_large");
    bytes.set(chunk, length);
    length += chunk.byteLength;
  }
  return bytes.subarray(0, length);
}
