import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FaultyRow } from "@/lib/integrations";
import type { Run } from "@/lib/integrations/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { FaultsCard, Figure } from "./checked-report";

/** What an import brought, with the proof that nothing got lost on the way. */
export function DoneReport({
  run,
  faults,
  f,
  locale,
}: {
  run: Run;
  faults: readonly FaultyRow[];
  f: Formats;
  locale: Locale;
}) {
  const t = useTranslations("imports");
  const { done = 0, same = 0, newMembers = 0, bad = 0, undone, gone = 0, kept = 0 } = run.report;
  const { postedSum = "0", bookedSum = "0" } = run.report;
  const amount = (text: string) =>
    run.kind === "purchases" ? f.money(BigInt(text)) : f.points(BigInt(text));
  const agrees = postedSum === bookedSum;
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("done.title")}</CardTitle>
        </CardHeader>
        <CardBody className="grid gap-5">
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <Figure name={t("done.rows")}>{f.count(done)}</Figure>
            <Figure name={t("done.same")}>{f.count(same)}</Figure>
            <Figure name={t("done.members")}>{f.count(newMembers)}</Figure>
            <Figure name={t("dry.bad")}>{f.count(bad)}</Figure>
          </dl>
          {run.state === "undone" ? (
            <Notice tone="info">
              {t("done.undone", { undone: f.count(undone ?? 0), gone: f.count(gone) })}{" "}
              {kept > 0 && t("done.kept", { count: kept })}
            </Notice>
          ) : (
            <Notice
              tone={agrees ? "success" : "danger"}
              title={t(agrees ? "done.proofGood" : "done.proofBad")}
            >
              {t("done.proofText", { file: amount(postedSum), books: amount(bookedSum) })}
            </Notice>
          )}
        </CardBody>
        {run.state === "done" && (
          <CardFooter>
            <ButtonLink href={`/${locale}/office/insights`} variant="secondary">
              {t("done.see")}
            </ButtonLink>
          </CardFooter>
        )}
      </Card>
      <FaultsCard run={run} faults={faults} f={f} locale={locale} />
    </>
  );
}
