import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";

/** A chart with its name and a line about it; `isEmpty` says so instead of an empty drawing. */
export async function ChartCard({
  title,
  hint,
  isEmpty,
  isWide = false,
  children,
}: {
  title: string;
  hint: string;
  isEmpty: boolean;
  isWide?: boolean;
  children: ReactNode;
}) {
  const t = await getTranslations("insights.chart");
  return (
    <Card className={cx("min-w-0", isWide && "xl:col-span-2")}>
      <CardHeader>
        <div>
          <CardTitle>{title}</CardTitle>
          <CardDescription>{hint}</CardDescription>
        </div>
      </CardHeader>
      <CardBody>{isEmpty ? <p className="text-muted">{t("empty")}</p> : children}</CardBody>
    </Card>
  );
}
