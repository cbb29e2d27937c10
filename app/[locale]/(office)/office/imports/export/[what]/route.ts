import { csvResponse, xlsxResponse } from "@/components/imports/file-response";
import { currentStaff, problem } from "@/lib/access";
import { beginExport, exportRows, exportShape, exportWorkbook } from "@/lib/integrations";
import { csvLine, EXPORTS } from "@/lib/integrations/model";
import { Refused } from "@/lib/kernel/refusals";

/** Everything of one kind as a file for a spreadsheet: lines, or with `?as=xlsx` a workbook. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/[locale]/office/imports/export/[what]">,
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const asked = (await params).what;
    const what = EXPORTS.find((one) => one === asked);
    if (!what) throw new Refused("not_found");
    await beginExport(ctx, what);
    const name = `kolo-${ctx.business.slug}-${what}`;
    if (new URL(request.url).searchParams.get("as") === "xlsx")
      return xlsxResponse(name, exportWorkbook(ctx, what));
    return csvResponse(name, async function* () {
      const { columns, own } = await exportShape(ctx, what);
      yield csvLine(columns);
      for await (const rows of exportRows(ctx, what, own)) yield rows.map((cells) => csvLine(cells)).join("");
    });
  } catch (error) {
    return problem(error);
  }
}
