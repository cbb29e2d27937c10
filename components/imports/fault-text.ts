import type { useTranslations } from "next-intl";
import type { Fault } from "@/lib/integrations/model";

export type ImportTexts = ReturnType<typeof useTranslations<"imports">>;

/** What is wrong with a row, in words. Pure and browser-safe. */
export function faultText(faults: readonly Fault[], t: ImportTexts): string {
  return faults
    .map(({ code, field }) => {
      const what = t(`fault.${code}` as "fault.date");
      return field === null ? what : `${t(`field.${field}`)}: ${what}`;
    })
    .join("; ");
}
