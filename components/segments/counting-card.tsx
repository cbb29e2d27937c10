import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/office/live-refresh";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { Segment } from "@/lib/segments/model";

/** How far finding out who is in is, while it lasts. */
export async function CountingCard({ counting }: { counting: NonNullable<Segment["counting"]> }) {
  const t = await getTranslations("segments");
  const { done, total } = counting;
  return (
    <Card>
      <LiveRefresh />
      <CardHeader>
        <div>
          <CardTitle>{t("counting.title")}</CardTitle>
          <CardDescription>{t("counting.text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-2">
        <Progress value={total === 0 ? 0 : done / total} label={t("counting.title")} />
        <p className="text-sm text-muted tabular-nums">{t("counting.progress", { done, total })}</p>
      </CardBody>
    </Card>
  );
}
