import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { TabLinks } from "@/components/ui/tab-links";

/** What is known beside what happened; where there is no room for both, one of them, by tabs. */
export async function TwoSides({
  base,
  isKnownShown,
  known,
  happened,
}: {
  base: string;
  /** On narrow screens: what is known instead of what happened. */
  isKnownShown: boolean;
  known: ReactNode;
  happened: ReactNode;
}) {
  const t = await getTranslations("profile");
  const other = `${base}?side=known`;
  return (
    <>
      <TabLinks
        className="xl:hidden"
        label={t("head.sides")}
        current={isKnownShown ? other : base}
        items={[
          { href: base as Route, label: t("timeline.title") },
          { href: other as Route, label: t("head.panels") },
        ]}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[23rem_minmax(0,1fr)]">
        <div
          className={cx(
            "gap-6 max-xl:columns-1 md:max-xl:columns-2 xl:grid [&>*]:break-inside-avoid max-xl:[&>*]:mb-6",
            !isKnownShown && "max-xl:hidden",
          )}
        >
          {known}
        </div>
        <div className={cx("min-w-0", isKnownShown && "max-xl:hidden")}>{happened}</div>
      </div>
    </>
  );
}
