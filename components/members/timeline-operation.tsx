import { Banknote, Gift, MinusCircle, Stamp, Undo2 } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currencySign } from "@/components/office/currency-sign";
import { Lines } from "@/components/office/lines";
import { operationName } from "@/components/office/operation-name";
import { PointsMoved } from "@/components/office/points-moved";
import { RefundDialog } from "@/components/office/refund-dialog";
import { reasonTexts } from "@/components/program/reason-text";
import { Reasons } from "@/components/program/reasons";
import { Badge } from "@/components/ui/badge";
import { may } from "@/lib/access";
import type { Entry } from "@/lib/analytics/model";
import { TimelineLine } from "./timeline-line";
import type { Reading } from "./timeline-reading";

type Done = Extract<Entry, { source: "operation" }>;

/** A visit, a refund or points given: the bill, what it brought, and why so much. */
export async function TimelineOperation({ entry, reading }: { entry: Done; reading: Reading }) {
  const { ctx, locale, f } = reading;
  const [t, o, why] = await Promise.all([
    getTranslations("profile.timeline"),
    getTranslations("office.operation"),
    getTranslations("office.member.timeline"),
  ]);
  const { operation, lines, stamps } = entry;
  const { kind, totalMinor, refundedMinor, certificateMinor } = operation;
  const isGrant = kind === "grant";
  // A grant's reason is all there is to it: it stands there, not behind a fold.
  const said = isGrant ? reasonTexts(operation.because, await getTranslations("reasons"), f)[0] : undefined;
  const hasWhy = !isGrant && operation.because.length > 0;
  const isDeduction = isGrant && operation.pointsSpent > 0n;
  const icons = {
    purchase: <Banknote />,
    refund: <Undo2 />,
    grant: isDeduction ? <MinusCircle /> : <Gift />,
  };
  return (
    <TimelineLine
      icon={icons[kind]}
      tone={kind === "purchase" ? "brand" : kind === "refund" ? "danger" : isDeduction ? "plain" : "success"}
      title={
        <Link
          href={`/${locale}/office/operations/${operation.id.toString()}`}
          className="font-medium hover:underline"
        >
          {o(`name.${operationName(operation)}`)}
        </Link>
      }
      badge={
        operation.state === "canceled" ? (
          <Badge tone="danger">{o("refunded")}</Badge>
        ) : (
          refundedMinor > 0n && (
            <Badge tone="warning">{o("partly", { amount: f.money(refundedMinor, { whole: "drop" }) })}</Badge>
          )
        )
      }
      facts={[f.date(entry.at, "time"), operation.locationName, operation.staffName, said]}
      amount={
        <span className="grid justify-items-end">
          {!isGrant && (
            <span className="font-medium tabular-nums">
              {kind === "refund" && "−"}
              {f.money(totalMinor, { whole: "drop" })}
            </span>
          )}
          <PointsMoved operation={operation} f={f} />
        </span>
      }
    >
      {lines.length > 0 && <Lines lines={lines} f={f} />}
      {certificateMinor > 0n && (
        <p className="text-sm text-muted">
          {t("certificatePaid", { amount: f.money(certificateMinor, { whole: "drop" }) })}
        </p>
      )}
      {stamps.map((one) => (
        <p key={one.name} className="flex items-center gap-1.5 text-sm text-muted">
          <Stamp aria-hidden="true" className="size-4 shrink-0" />
          {t("stamped", { count: one.stamps, name: one.name })}
          {one.undone > 0 && ` (${t("stampsTaken", { count: one.undone })})`}
        </p>
      ))}
      {(hasWhy || mayRefund(entry, reading)) && (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          {hasWhy && (
            <details className="min-w-0 flex-1 text-sm">
              <summary className="w-fit cursor-pointer rounded-sm py-1 text-brand underline-offset-2 hover:underline">
                {why("why")}
              </summary>
              <Reasons because={operation.because} business={ctx.business} className="mt-1 mb-2" />
            </details>
          )}
          {mayRefund(entry, reading) && (
            <RefundDialog
              operationId={operation.id}
              leftMinor={totalMinor - refundedMinor}
              ofMinor={totalMinor}
              unit={currencySign(f)}
              variant="ghost"
            />
          )}
        </div>
      )}
    </TimelineLine>
  );
}

const mayRefund = ({ operation }: Done, { ctx }: Reading) =>
  operation.kind === "purchase" &&
  operation.state === "normal" &&
  operation.totalMinor > operation.refundedMinor &&
  may(ctx.actor, "sales:refund");
