import { Banknote, Gift, History, Hourglass, MinusCircle, Undo2 } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Reasons } from "@/components/program/reasons";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { type Context, may } from "@/lib/access";
import type { Movement } from "@/lib/ledger";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Line, Operation } from "@/lib/sales";
import { Lines } from "./lines";
import { operationName } from "./operation-name";
import { PointsMoved } from "./points-moved";
import { RefundDialog } from "./refund-dialog";

type Entry = { at: Date; key: string; operation?: Operation; movement?: Movement };

/** Everything that happened to a member, newest first: purchases, refunds, grants, and points that expired by themselves. */
export async function Timeline({
  operations,
  bills,
  movements,
  isWhole,
  memberId,
  ctx,
  locale,
  f,
}: {
  operations: readonly Operation[];
  bills: Map<bigint, Line[]>;
  movements: readonly Movement[];
  /** Whether `operations` reach back to the beginning. */
  isWhole: boolean;
  memberId: bigint;
  ctx: Context;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("office.member.timeline");
  const oldest = isWhole ? 0 : (operations.at(-1)?.at.getTime() ?? 0);
  const entries: Entry[] = [
    ...operations.map((operation) => ({ at: operation.at, key: operation.id.toString(), operation })),
    ...movements
      .filter((one) => one.operationId === null && one.at.getTime() >= oldest)
      .map((movement) => ({ at: movement.at, key: `${movement.reason}${movement.at.getTime()}`, movement })),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      {entries.length === 0 && <EmptyState icon={<History />} title={t("empty")} />}
      <ol className="divide-y divide-line">
        {entries.map(({ key, at, operation, movement }) => (
          <li key={key} className="px-5 py-4 sm:px-6">
            {operation && (
              <OperationEntry
                operation={operation}
                lines={bills.get(operation.id) ?? []}
                ctx={ctx}
                locale={locale}
                f={f}
              />
            )}
            {movement && (
              <Row
                icon={<Hourglass />}
                title={t("expired")}
                when={f.date(at, "dateTime")}
                amount={<span className="text-muted tabular-nums">{f.pointsSigned(movement.points)}</span>}
              />
            )}
          </li>
        ))}
      </ol>
      {!isWhole && (
        <p className="border-t px-5 py-4 text-center">
          <ButtonLink
            href={`/${locale}/office/operations?member=${memberId.toString()}`}
            variant="secondary"
            size="sm"
          >
            {t("older")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}

async function OperationEntry({
  operation,
  lines,
  ctx,
  locale,
  f,
}: {
  operation: Operation;
  lines: readonly Line[];
  ctx: Context;
  locale: Locale;
  f: Formats;
}) {
  const [t, o] = await Promise.all([
    getTranslations("office.member.timeline"),
    getTranslations("office.operation"),
  ]);
  const { kind, state, totalMinor, refundedMinor, pointsSpent } = operation;
  const left = totalMinor - refundedMinor;
  const isDeduction = kind === "grant" && pointsSpent > 0n;
  const icons = {
    purchase: <Banknote />,
    refund: <Undo2 />,
    grant: isDeduction ? <MinusCircle /> : <Gift />,
  };
  const place = [operation.locationName, operation.staffName].filter(Boolean).join(" · ");
  return (
    <>
      <Row
        icon={icons[kind]}
        title={
          <Link
            href={`/${locale}/office/operations/${operation.id.toString()}`}
            className="font-medium hover:underline"
          >
            {o(`name.${operationName(operation)}`)}
          </Link>
        }
        badge={
          state === "canceled" ? (
            <Badge tone="danger">{o("refunded")}</Badge>
          ) : refundedMinor > 0n ? (
            <Badge tone="warning">{o("partly", { amount: f.money(refundedMinor, { whole: "drop" }) })}</Badge>
          ) : null
        }
        when={[f.date(operation.at, "dateTime"), place].filter(Boolean).join(" · ")}
        amount={
          <span className="grid justify-items-end">
            {kind !== "grant" && (
              <span className="font-medium tabular-nums">
                {kind === "refund" && "−"}
                {f.money(totalMinor, { whole: "drop" })}
              </span>
            )}
            <PointsMoved operation={operation} f={f} />
          </span>
        }
      />
      <div className="mt-1.5 grid gap-1 pl-12">
        {lines.length > 0 && <Lines lines={lines} f={f} />}
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          {operation.because.length > 0 && (
            <details className="min-w-0 flex-1 text-sm">
              <summary className="w-fit cursor-pointer rounded-sm py-1 text-brand underline-offset-2 hover:underline">
                {t("why")}
              </summary>
              <Reasons because={operation.because} business={ctx.business} className="mt-1 mb-2" />
            </details>
          )}
          {kind === "purchase" && state === "normal" && left > 0n && may(ctx.actor, "sales:refund") && (
            <RefundDialog
              operationId={operation.id}
              leftMinor={left}
              ofMinor={totalMinor}
              unit={currencySign(f)}
              variant="ghost"
            />
          )}
        </div>
      </div>
    </>
  );
}

/** The sign of the business's currency, as amounts beside a field carry it. */
export const currencySign = (f: Formats) =>
  f.money(0n, { whole: "drop" }).replace(/[\d\s.,\u00a0\u202f]/g, "");

function Row({
  icon,
  title,
  badge,
  when,
  amount,
}: {
  icon: ReactNode;
  title: ReactNode;
  badge?: ReactNode;
  when: string;
  amount: ReactNode;
}) {
  return (
    <div className="flex items-start gap-3">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-muted [&_svg]:size-4.5"
      >
        {icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {title}
          {badge}
        </span>
        <span className="block text-sm text-faint">{when}</span>
      </span>
      {amount}
    </div>
  );
}
