import { currentStaff, problem } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { segmentById, segmentMembers } from "@/lib/segments";

const PAGE = 1_000;

/** Who is in a segment as a file for a spreadsheet, a thousand rows at a time; a cell is never taken for a formula. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const id = parseId((await params).id);
    const segment = id === undefined ? undefined : await segmentById(ctx, id);
    if (!segment) throw new Refused("not_found");
    const encoder = new TextEncoder();
    let before: bigint | null = null;
    let isFirst = true;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const page = await segmentMembers(ctx, segment.id, { before, limit: PAGE });
        const rows = page.rows.map((row) =>
          [
            row.id,
            row.name,
            row.phone,
            row.email,
            row.visits,
            row.lastAt?.toISOString(),
            row.enteredAt.toISOString(),
          ]
            .map(cell)
            .join(","),
        );
        const head = isFirst ? ["\uFEFFid,name,phone,email,visits,last_visit,in_since"] : [];
        controller.enqueue(encoder.encode([...head, ...rows].map((line) => `${line}\r\n`).join("")));
        isFirst = false;
        before = page.cursor === null ? null : BigInt(page.cursor);
        if (page.cursor === null) controller.close();
      },
    });
    return new Response(body, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="kolo-${ctx.business.slug}-segment.csv"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    return problem(error);
  }
}

function cell(value: string | number | bigint | null | undefined): string {
  const text = String(value ?? "");
  // What a spreadsheet would run begins with one of these; a phone number's plus is kept.
  const safe = /^[=@\t\r-]|^\+(?!\d+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
