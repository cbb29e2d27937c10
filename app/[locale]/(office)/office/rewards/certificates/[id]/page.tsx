import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Qr } from "@/components/card/qr";
import { office } from "@/components/office/context";

import { EndCertificate } from "@/components/rewards/end-certificate";
import { PrintButton } from "@/components/rewards/print-button";
import { PageHeader } from "@/components/shell/page-header";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { certificate } from "@/lib/program";
import { certificateState, showCertificateCode } from "@/lib/program/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.certificate"))("one") };
}

/** One certificate: a sheet to print, and every movement of its money. */
export default async function CertificatePage({
  params,
}: PageProps<"/[locale]/office/rewards/certificates/[id]">) {
  const id = parseId((await params).id);
  const { ctx, locale, f } = await office("sales:read", `/rewards/certificates/${id ?? ""}`);
  const found =
    id === undefined
      ? undefined
      : await certificate(ctx, id).catch((error: unknown) => {
          if (error instanceof Refused && error.code === "not_found") return undefined;
          throw error;
        });
  if (!found) notFound();
  const t = await getTranslations("rewards.certificate");
  const { certificate: one, movements } = found;
  const state = certificateState(one, ctx.now);
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  const lastDay = one.expiresAt && f.date(new Date(one.expiresAt.getTime() - 1), "dayLong");
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          back={
            <Link
              href={`/${locale}/office/rewards/certificates`}
              className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
            >
              <ChevronLeft aria-hidden="true" className="size-4" />
              {t("all")}
            </Link>
          }
          title={
            <span className="flex flex-wrap items-center gap-3">
              {t("of", { amount: money(one.amountMinor) })}
              {state !== "live" && <Badge>{t(`state.${state}`)}</Badge>}
            </span>
          }
          description={t("soldOn", { date: f.date(one.soldAt, "dateTime") })}
          actions={
            <>
              <PrintButton label={t("print")} />
              {may(ctx.actor, "points:give") && state !== "withdrawn" && (
                <EndCertificate id={one.id} balance={money(one.balanceMinor)} />
              )}
            </>
          }
        />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem] print:block">
        <section
          aria-label={t("sheet")}
          className="mx-auto grid w-full max-w-xl justify-items-center gap-6 rounded-xl bg-white px-6 py-10 text-center text-black shadow-card sm:px-12 sm:py-14 print:shadow-none"
        >
          <p className="text-xl font-semibold tracking-tight wrap-anywhere sm:text-2xl">
            {ctx.business.name}
          </p>
          <div>
            <p className="text-base">{t("one")}</p>
            <p className="mt-1 text-4xl font-semibold tracking-tight tabular-nums sm:text-5xl">
              {money(one.amountMinor)}
            </p>
          </div>
          {one.greeting && <p className="max-w-md text-lg wrap-anywhere">{one.greeting}</p>}
          <Qr text={one.code} label={t("qr")} className="block h-auto w-full max-w-48" />
          <p
            className="text-lg font-semibold tracking-[0.08em] tabular-nums sm:text-xl"
            data-testid="certificate-code"
          >
            {showCertificateCode(one.code)}
          </p>
          <p className="text-sm">
            {t("how")} {lastDay && t("until", { date: lastDay })}
          </p>
        </section>
        <Card className="print:hidden">
          <CardHeader>
            <CardTitle>{t("history")}</CardTitle>
            <p className="font-semibold tabular-nums">{money(one.balanceMinor)}</p>
          </CardHeader>
          <ul className="mt-3 divide-y divide-line">
            {movements.map((each) => (
              <li
                key={each.id.toString()}
                className="flex items-start justify-between gap-4 px-5 py-3 sm:px-6"
              >
                <span className="min-w-0">
                  <span className="block font-medium">
                    {each.operationId === null ? (
                      t(`reason.${each.reason}`)
                    ) : (
                      <Link
                        href={`/${locale}/office/operations/${each.operationId.toString()}`}
                        className="hover:underline"
                      >
                        {t(`reason.${each.reason}`)}
                      </Link>
                    )}
                  </span>
                  <span className="block text-sm text-faint">{f.date(each.at, "dateTime")}</span>
                </span>
                <span className="font-medium whitespace-nowrap tabular-nums">
                  {each.amountMinor > 0n ? "+" : "−"}
                  {money(each.amountMinor > 0n ? each.amountMinor : -each.amountMinor)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
