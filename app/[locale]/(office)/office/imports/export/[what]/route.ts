import { csvResponse } from "@/components/imports/csv-response";
import { currentStaff, problem } from "@/lib/access";
import { beginExport, COLUMNS, exportRows } from "@/lib/integrations";
import { csvLine, EXPORTS } from "@/lib/integrations/model";
import { Refused } from "@/lib/kernel/refusals";

/** Everything of one kind as a file for a spreadsheet. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/[locale]/office/imports/export/[what]">,
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const asked = (await params).what;
    const what = EXPORTS.find((one) => one === asked);
    if (!what) throw new Refused("not_found");
    await beginExport(ctx, what);
    return csvResponse(`kolo-${ctx.business.slug}-${what}`, async function* () {
      yield csvLine(COLUMNS[what]);
      for await (const rows of exportRows(ctx, what)) yield rows.map((cells) => csvLine(cells)).join("");
    });
  } catch (error) {
    return problem(error);
  }
}
