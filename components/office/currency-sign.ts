import type { Formats } from "@/lib/platform/i18n/format";

/** The sign of the business's currency, as amounts beside a field carry it. */
export const currencySign = (f: Formats) =>
  f.money(0n, { whole: "drop" }).replace(/[\d\s.,\u00a0\u202f]/g, "");
