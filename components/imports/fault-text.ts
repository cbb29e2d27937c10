import type { useTranslations } from "next-intl";
import type { Fault } from "@/lib/integrations/model";

export type ImportTexts = ReturnType<typeof useTranslations<"imports">>;

/** What is wrong with a row, in words. Pure and browser-safe. */
export function faultText(faults: readonly Fault[], t: ImportTexts): string {
  return faults
    .map(({ code, field, own }) => {
      const what = t(`fault.${code}` as "fault.date");
      const where = own ?? (field === null ? undefined : t(`field.${field}`));
      return where === undefined ? what : `${where}: ${what}`;
    })
    .join("; ");
}
