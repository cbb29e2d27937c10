import { CSV_CHARTS, csvRows } from "@/components/insights/csv";
import { currentStaff, problem } from "@/lib/access";
import { board, drawn } from "@/lib/insights";
import { Refused } from "@/lib/kernel/refusals";

/** The figures of one chart as a file for a spreadsheet. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/[locale]/office/insights/csv/[chart]">,
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const asked = (await params).chart;
    const chart = CSV_CHARTS.find((one) => one === asked);
    if (!chart) throw new Refused("not_found");
    const rows = csvRows(chart, await board(ctx), await drawn(ctx));
    return new Response(`${rows.map((row) => row.join(",")).join("\r\n")}\r\n`, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="kolo-${ctx.business.slug}-${chart}.csv"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    return problem(error);
  }
}
