import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ConfirmPurchase } from "@/components/office/confirm-purchase";
import { office } from "@/components/office/context";
import { currencySign } from "@/components/office/currency-sign";
import { Lines } from "@/components/office/lines";
import { operationName } from "@/components/office/operation-name";
import { OperationsTable } from "@/components/office/operations-table";
import { PointsMoved } from "@/components/office/points-moved";
import { RefundDialog } from "@/components/office/refund-dialog";
import { Reasons } from "@/components/program/reasons";
import { PageHeader } from "@/components/shell/page-header";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { programmeAt } from "@/lib/program";
import { awaiting, lines, operation, operations } from "@/lib/sales";
import { tierById } from "@/lib/tiers/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.operation"))("title") };
}

/** One operation: the bill, the points, why they came out so, and its refunds. */
export default async function OperationPage({ params }: PageProps<"/[locale]/office/operations/[id]">) {
  const id = parseId((await params).id);
  const { ctx, locale, f } = await office("sales:read", `/operations/${id ?? ""}`);
  if (id === undefined) notFound();
  const found = await operation(ctx, id).catch((error: unknown) => {
    if (error instanceof Refused && error.code === "not_found") notFound();
    throw error;
  });
  const [t, bill, refunds, programme] = await Promise.all([
    getTranslations("office.operation"),
    lines(ctx, [id]),
    found.kind === "purchase" ? operations(ctx, { originId: id, limit: 50 }) : [],
    programmeAt(ctx, found.programmeVersion),
  ]);
  const waiting = programme.confirmEarned ? (await awaiting(ctx, [id])).get(id) : undefined;
  const left = found.totalMinor - found.refundedMinor;
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  const canRefund =
    found.kind === "purchase" && found.state === "normal" && left > 0n && may(ctx.actor, "sales:refund");
  return (
    <>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/operations`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("all")}
          </Link>
        }
        title={
          <span className="flex flex-wrap items-center gap-3">
            {t(`name.${operationName(found)}`)}
            {found.state === "canceled" && <Badge tone="danger">{t("refunded")}</Badge>}
            {found.state === "normal" && found.refundedMinor > 0n && (
              <Badge tone="warning">{t("partly", { amount: money(found.refundedMinor) })}</Badge>
            )}
          </span>
        }
        description={`${f.date(found.at, "dateTime")} · ${t("number", { id: found.id.toString() })}`}
        actions={
          canRefund && (
            <RefundDialog
              operationId={id}
              leftMinor={left}
              ofMinor={found.totalMinor}
              unit={currencySign(f)}
            />
          )
        }
      />
      {waiting !== undefined && may(ctx.actor, "sales:record") && (
        <ConfirmPurchase operationId={id} points={f.points(waiting)} />
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{t("bill")}</CardTitle>
          </CardHeader>
          <CardBody className="grid gap-4">
            {(bill.get(id) ?? []).length > 0 && <Lines lines={bill.get(id) ?? []} f={f} />}
            <dl className="grid gap-2 text-[0.9375rem]">
              {found.kind !== "grant" && (
                <>
                  <Row name={t("total")} isStrong>
                    {money(found.totalMinor)}
                  </Row>
                  {found.discountMinor > 0n && <Row name={t("discount")}>−{money(found.discountMinor)}</Row>}
                  <Row name={found.kind === "refund" ? t("cashBack") : t("cash")}>
                    {money(found.cashMinor)}
                  </Row>
                </>
              )}
              <Row name={t("points")}>
                <PointsMoved operation={found} f={f} />
              </Row>
            </dl>
          </CardBody>
        </Card>
        <div className="grid gap-6">
          {found.because.length > 0 && (
            <Card>
              <CardHeader>
                <CardTitle>{t("why")}</CardTitle>
              </CardHeader>
              <CardBody>
                <Reasons because={found.because} business={ctx.business} />
              </CardBody>
            </Card>
          )}
          <Card>
            <CardBody>
              <dl className="grid gap-2 text-sm">
                <Row name={t("member")}>
                  <Link
                    href={`/${locale}/office/members/${found.memberId.toString()}`}
                    className="text-brand underline underline-offset-2"
                  >
                    {found.memberName ?? t("nameless")}
                  </Link>
                </Row>
                <Row name={t("tier")}>{tierById(programme.base, programme.tiers, found.tierId).name}</Row>
                <Row name={t("location")}>{found.locationName}</Row>
                <Row name={t("staff")}>{found.staffName}</Row>
                <Row name={t("receipt")}>{found.receiptNumber}</Row>
                <Row name={t("source")}>
                  {t.has(`sources.${found.source}` as "sources.desk")
                    ? t(`sources.${found.source}` as "sources.desk")
                    : found.source}
                </Row>
                <Row name={t("programme")}>{t("version", { version: found.programmeVersion })}</Row>
                {found.originId !== null && (
                  <Row name={t("origin")}>
                    <Link
                      href={`/${locale}/office/operations/${found.originId.toString()}`}
                      className="text-brand underline underline-offset-2"
                    >
                      {t("number", { id: found.originId.toString() })}
                    </Link>
                  </Row>
                )}
              </dl>
            </CardBody>
          </Card>
        </div>
        {refunds.length > 0 && (
          <Card className="lg:col-span-2">
            <CardHeader>
              <CardTitle>{t("refunds")}</CardTitle>
            </CardHeader>
            <OperationsTable rows={refunds} f={f} locale={locale} />
          </Card>
        )}
      </div>
    </>
  );
}

function Row({
  name,
  isStrong = false,
  children,
}: {
  name: string;
  isStrong?: boolean;
  children: ReactNode;
}) {
  if (children === null || children === undefined) return null;
  return (
    <div className={isStrong ? "flex justify-between gap-4 font-semibold" : "flex justify-between gap-4"}>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-right tabular-nums wrap-anywhere">{children}</dd>
    </div>
  );
}
