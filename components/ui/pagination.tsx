import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";
import { cx } from "./cx";

/** Steps through a long list by cursor: back and on, and in `children` what is being shown ("1–50 of 2 104"). */
export function Pagination<Back extends string, On extends string>({
  back,
  on,
  className,
  children,
}: {
  back?: Route<Back> | undefined;
  on?: Route<On> | undefined;
  className?: string;
  children?: ReactNode;
}) {
  const t = useTranslations("common");
  if (!back && !on)
    return children ? <p className={cx("text-sm text-faint", className)}>{children}</p> : null;
  return (
    <nav aria-label={t("pages")} className={cx("flex items-center justify-between gap-4", className)}>
      <span className="text-sm text-faint">{children}</span>
      <span className="flex gap-2">
        <Step href={back} label={t("pageBack")} icon={<ChevronLeft aria-hidden="true" />} />
        <Step href={on} label={t("pageOn")} icon={<ChevronRight aria-hidden="true" />} />
      </span>
    </nav>
  );
}

function Step<Href extends string>({
  href,
  label,
  icon,
}: {
  href: Route<Href> | undefined;
  label: string;
  icon: ReactNode;
}) {
  if (href)
    return (
      <ButtonLink<Href> href={href} variant="secondary" size="sm" icon aria-label={label}>
        {icon}
      </ButtonLink>
    );
  return (
    <button type="button" disabled aria-label={label} className="btn btn-secondary btn-sm btn-icon">
      {icon}
    </button>
  );
}
