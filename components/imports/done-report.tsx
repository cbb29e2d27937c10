import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FaultyRow } from "@/lib/integrations";
import type { Run } from "@/lib/integrations/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { FaultsCard, Figure } from "./checked-report";

type Blocking = readonly { id: bigint; name: string | null }[];

/** What happened since that keeps an import from being taken back, and to whom. */
function BlockedNotice({ run, blockedBy, locale }: { run: Run; blockedBy: Blocking; locale: Locale }) {
  const t = useTranslations("imports.done");
  const { blocked } = run.report;
  if (!blocked || run.state === "undone") return null;
  return (
    <Notice tone="warning" title={t("blockedTitle")}>
      {blocked.refunded > 0 && `${t("blockedRefunded", { count: blocked.refunded })} `}
      {blocked.spent > 0 && `${t("blockedSpent", { count: blocked.spent })} `}
      {t("blockedNothing")}
      {blockedBy.length > 0 && (
        <span className="mt-1 flex flex-wrap gap-x-3">
          {t("blockedWho")}:
          {blockedBy.map(({ id, name }) => (
            <Link key={id.toString()} href={`/${locale}/office/members/${id}`} className="underline">
              {name ?? id.toString()}
            </Link>
          ))}
        </span>
      )}
    </Notice>
  );
}

/** What an import brought, with the proof that nothing got lost on the way. */
export function DoneReport({
  run,
  faults,
  blockedBy,
  f,
  locale,
}: {
  run: Run;
  faults: readonly FaultyRow[];
  blockedBy: Blocking;
  f: Formats;
  locale: Locale;
}) {
  const t = useTranslations("imports");
  const { done = 0, same = 0, newMembers = 0, filled = 0, bad = 0, undone, gone = 0, kept = 0 } = run.report;
  const stayed = newMembers - gone;
  const { postedSum = "0", bookedSum = "0" } = run.report;
  const amount = (text: string) =>
    run.kind === "purchases" ? f.money(BigInt(text)) : f.points(BigInt(text));
  const agrees = postedSum === bookedSum;
  return (
    <>
      <BlockedNotice run={run} blockedBy={blockedBy} locale={locale} />
      <Card>
        <CardHeader>
          <CardTitle>{t("done.title")}</CardTitle>
        </CardHeader>
        <CardBody className="grid gap-5">
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <Figure name={t("done.rows")}>{f.count(done)}</Figure>
            <Figure name={t("done.same")}>{f.count(same)}</Figure>
            <Figure name={t("done.members")}>{f.count(newMembers)}</Figure>
            {filled > 0 && <Figure name={t("done.filled")}>{f.count(filled)}</Figure>}
            <Figure name={t("dry.bad")}>{f.count(bad)}</Figure>
          </dl>
          {run.state === "undone" ? (
            <Notice tone="info">
              {t("done.undone", { undone: f.count(undone ?? 0), gone: f.count(gone) })}{" "}
              {kept > 0 && t("done.kept", { count: kept })}{" "}
              {stayed > 0 && t("done.stayed", { count: stayed })}
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
