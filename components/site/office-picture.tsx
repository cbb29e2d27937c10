import { useLocale, useTranslations } from "next-intl";
import { formats } from "@/lib/platform/i18n/format";

/** Visits of two weeks, this one against the one before, as heights in percent. */
const WEEKS = [
  [42, 50],
  [48, 46],
  [40, 58],
  [55, 66],
  [68, 78],
  [82, 96],
  [60, 74],
] as const;

/** What the office's first page looks like. A picture: hidden from screen readers. */
export function OfficePicture() {
  const t = useTranslations("site.picture");
  const f = formats({ locale: useLocale(), currency: "UAH" });
  const tiles = [
    [t("returning"), f.percent(0.64)],
    [t("average"), f.money(84_200n, { whole: "drop" })],
    [t("outstanding"), f.count(128_450)],
  ];
  return (
    <div aria-hidden="true" className="flex w-full flex-col gap-3 bg-bg p-4 text-[0.8125rem] select-none">
      <div className="grid grid-cols-3 gap-2">
        {tiles.map(([name, value]) => (
          <div key={name} className="panel min-w-0 rounded-md px-2 py-2">
            <span className="block truncate text-2xs text-faint">{name}</span>
            <span className="block truncate text-[0.9375rem] font-semibold tracking-tight tabular-nums">
              {value}
            </span>
          </div>
        ))}
      </div>
      <div className="panel flex flex-1 flex-col rounded-md p-3">
        <p className="font-medium">{t("today")}</p>
        <div className="mt-3 flex min-h-28 flex-1 items-end gap-2">
          {WEEKS.map(([before, now]) => (
            <span key={now} className="flex h-full flex-1 items-end gap-0.5">
              <span className="flex-1 rounded-t-xs bg-line" style={{ height: `${before}%` }} />
              <span className="flex-1 rounded-t-xs bg-chart-1" style={{ height: `${now}%` }} />
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
