import { useTranslations } from "next-intl";
import { QrPicture } from "./qr-picture";

/** What the member's card looks like, drawn with the product's own tokens. A picture: hidden from screen readers. */
export function CardPicture() {
  const t = useTranslations("site.picture");
  return (
    <div
      aria-hidden="true"
      className="w-72 overflow-hidden rounded-[2.25rem] border-[6px] border-ink/90 bg-bg shadow-lift select-none dark:border-line"
    >
      <div className="flex items-baseline justify-between px-5 pt-5 pb-3">
        <span className="font-semibold">{t("business")}</span>
        <span className="text-xs text-faint">{t("place")}</span>
      </div>
      <div className="mx-3 rounded-xl bg-accent p-5 text-on-accent">
        <div className="flex items-start justify-between">
          <div>
            <p className="text-5xl leading-none font-semibold tracking-tight tabular-nums">486</p>
            <p className="mt-1.5 text-sm opacity-90">{t("balance")}</p>
          </div>
          <TierRing />
        </div>
        <div className="mt-5 rounded-lg bg-white p-3 text-black">
          <QrPicture text="482913" className="mx-auto size-32" />
          <p className="mt-1 text-center text-xl font-semibold tracking-[0.08em] tabular-nums">482 913</p>
        </div>
      </div>
      <ul className="grid gap-2 px-5 pt-4 pb-6 text-[0.8125rem] text-muted">
        <li className="flex justify-between font-medium text-ink">
          <span>{t("tier")}</span>
          <span>{t("next")}</span>
        </li>
        <li className="h-1.5 overflow-hidden rounded-full bg-sunken">
          <span className="block h-full w-[68%] rounded-full bg-brand" />
        </li>
        <li>{t("pending")}</li>
        <li>{t("expiring")}</li>
      </ul>
    </div>
  );
}

function TierRing() {
  return (
    <svg viewBox="0 0 40 40" className="size-12">
      <circle cx="20" cy="20" r="15" fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="5" />
      <path
        d="M20 5a15 15 0 1 1-13.6 21.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </svg>
  );
}
