import { currentStaff, may, problem } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { promoCodes } from "@/lib/program";

/** A campaign's codes as a file for a printer or a mailing: the code, and when it was used. Streamed, since there may be many. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    if (!may(ctx.actor, "programme:write")) throw new Refused("forbidden");
    const id = parseId((await params).id);
    if (id === undefined) throw new Refused("not_found");
    const pages = promoCodes(ctx, id);
    // The first page now, so that a campaign that is not there is a refusal and not a broken file.
    let page = await pages.next();
    const text = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (out) => out.enqueue(text.encode("code,used_at\r\n")),
      pull: async (out) => {
        if (page.done) return out.close();
        const rows = page.value.map(({ code, usedAt }) => `${code},${usedAt?.toISOString() ?? ""}\r\n`);
        out.enqueue(text.encode(rows.join("")));
        page = await pages.next();
      },
    });
    return new Response(body, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="kolo-codes-${id}.csv"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    return problem(error);
  }
}
