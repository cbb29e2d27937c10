import { getTranslations } from "next-intl/server";
import { faultText } from "@/components/imports/fault-text";
import { csvResponse } from "@/components/imports/file-response";
import { currentStaff, problem } from "@/lib/access";
import { faultyRows, findImport } from "@/lib/integrations";
import { csvLine } from "@/lib/integrations/model";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { isLocale } from "@/lib/platform/i18n/locales";

/** The rows with errors as a file: line, what is wrong, and the row as it stood. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/[locale]/office/imports/[id]/faults">,
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const { id, locale } = await params;
    const importId = parseId(id);
    if (importId === undefined) throw new Refused("not_found");
    await findImport(ctx, importId);
    const t = await getTranslations({ locale: isLocale(locale) ? locale : "en", namespace: "imports" });
    return csvResponse(`kolo-${ctx.business.slug}-errors`, async function* () {
      yield csvLine([t("dry.line"), t("dry.fault"), t("dry.cells")]);
      for await (const rows of faultyRows(ctx, importId))
        yield rows.map(({ line, faults, raw }) => csvLine([line, faultText(faults, t), ...raw])).join("");
    });
  } catch (error) {
    return problem(error);
  }
}
