import { useLocale, useTranslations } from "next-intl";
import { formats } from "@/lib/platform/i18n/format";
import { Avatar } from "../ui/avatar";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0", "⌫"];

/** What the desk looks like in the middle of a purchase. A picture: hidden from screen readers. */
export function DeskPicture() {
  const t = useTranslations("site.picture");
  const money = formats({ locale: useLocale(), currency: "UAH" }).money;
  const rows = [
    [t("bill"), money(85_000n)],
    [t("points"), "120"],
  ];
  return (
    <div aria-hidden="true" className="flex w-full gap-4 bg-bg p-4 text-[0.8125rem] select-none">
      <div className="flex min-w-0 flex-1 flex-col gap-2.5">
        <div className="flex items-center gap-2.5">
          <Avatar name={t("guest")} size="sm" />
          <span className="min-w-0">
            <span className="block truncate font-semibold">{t("guest")}</span>
            <span className="block truncate text-xs text-faint">
              {t("tier")} · 486 {t("balance")}
            </span>
          </span>
        </div>
        {rows.map(([name, value]) => (
          <div key={name} className="panel rounded-md px-3 py-1.5">
            <span className="block text-xs text-faint">{name}</span>
            <span className="block text-lg font-semibold tabular-nums">{value}</span>
          </div>
        ))}
        <div className="mt-auto">
          <p className="flex items-baseline justify-between gap-2">
            <span className="text-xs whitespace-nowrap text-muted">{t("toPay")}</span>
            <span className="text-base whitespace-nowrap font-semibold tabular-nums">{money(73_000n)}</span>
          </p>
          <p className="truncate text-xs text-brand">{t("earns")}</p>
          <p className="mt-2 rounded-md bg-accent py-2 text-center font-semibold text-on-accent">
            {t("confirm")}
          </p>
        </div>
      </div>
      <div className="grid w-[42%] shrink-0 grid-cols-3 gap-1.5 self-center">
        {KEYS.map((key) => (
          <span
            key={key}
            className="grid h-16 place-items-center rounded-md border bg-surface text-base font-medium tabular-nums"
          >
            {key}
          </span>
        ))}
      </div>
    </div>
  );
}
