import { useTranslations } from "next-intl";
import { Card, CardBody } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { Run } from "@/lib/integrations/model";
import type { Formats } from "@/lib/platform/i18n/format";

/** How far the work is, in words and as a bar. */
export function RunProgress({ run, f }: { run: Run; f: Formats }) {
  const t = useTranslations("imports.busy");
  const { step = "rows", share = 0 } = run.report;
  const what =
    run.state === "checking"
      ? t("checking")
      : run.state === "undoing" && step === "rows"
        ? t("undo")
        : t(step);
  return (
    <Card>
      <CardBody className="grid gap-3" aria-live="polite">
        <p className="flex justify-between gap-4 font-medium">
          {what}
          <span className="tabular-nums">{f.percent(share)}</span>
        </p>
        <Progress value={share} label={what} />
        <p className="text-sm text-muted">{t("leave")}</p>
      </CardBody>
    </Card>
  );
}
