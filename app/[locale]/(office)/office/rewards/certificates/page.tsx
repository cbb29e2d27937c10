import { Gift, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { CertificateDialog } from "@/components/rewards/certificate-dialog";
import { RewardsFrame } from "@/components/rewards/office-frame";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { StatTile } from "@/components/ui/stat-tile";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { certificates, certificatesOwed } from "@/lib/program";
import { certificateState, showCertificateCode } from "@/lib/program/model";

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("tabs.certificates") };
}

/** Gift certificates: what lies on them, and each with its balance. */
export default async function CertificatesPage({
  searchParams,
}: PageProps<"/[locale]/office/rewards/certificates">) {
  const { ctx, locale, f } = await office("sales:read", "/rewards/certificates");
  const before = parseId((await searchParams).before) ?? null;
  const [t, found, owed] = await Promise.all([
    getTranslations("rewards.certificate"),
    certificates(ctx, before, PAGE + 1),
    certificatesOwed(ctx),
  ]);
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  const money = (minor: bigint) => f.money(minor, { whole: "drop" });
  const sell = may(ctx.actor, "sales:record") && (
    <CertificateDialog
      currency={ctx.business.currency}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t("sell")}
        </Button>
      }
    />
  );
  return (
    <RewardsFrame tab="certificates" locale={locale} actions={shown.length > 0 && sell}>
      {shown.length === 0 ? (
        <Card>
          <EmptyState icon={<Gift />} title={t("none")} action={sell}>
            {t("noneText")}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-6">
          <div className="grid gap-4 sm:max-w-md sm:grid-cols-2">
            <StatTile label={t("owed")} value={money(owed.minor)} hint={t("owedHint")} />
            <StatTile label={t("live")} value={owed.count.toString()} />
          </div>
          <Card>
            <Table label={t("title")}>
              <TableHead>
                <tr>
                  <Th>{t("code")}</Th>
                  <Th className="max-md:hidden">{t("soldAt")}</Th>
                  <Th className="max-lg:hidden">{t("owner")}</Th>
                  <Th numeric className="max-sm:hidden">
                    {t("amount")}
                  </Th>
                  <Th numeric>{t("balance")}</Th>
                </tr>
              </TableHead>
              <TableBody>
                {shown.map((each) => {
                  const state = certificateState(each, ctx.now);
                  return (
                    <TableRow key={each.id.toString()} interactive>
                      <Td>
                        <Link
                          href={`/${locale}/office/rewards/certificates/${each.id.toString()}`}
                          className="font-medium tabular-nums after:absolute after:inset-0"
                        >
                          {/* Half of it tells them apart; the whole code is money. */}
                          {showCertificateCode(each.code).slice(0, 9)}-…
                        </Link>
                        {state !== "live" && <Badge className="ml-2">{t(`state.${state}`)}</Badge>}
                      </Td>
                      <Td className="text-muted max-md:hidden">{f.date(each.soldAt)}</Td>
                      <Td className="max-w-48 truncate text-muted max-lg:hidden">{each.memberName ?? "–"}</Td>
                      <Td numeric className="text-muted max-sm:hidden">
                        {money(each.amountMinor)}
                      </Td>
                      <Td numeric className="font-medium">
                        {money(each.balanceMinor)}
                      </Td>
                    </TableRow>
                  );
                })}
              </TableBody>
            </Table>
          </Card>
          {found.length > PAGE && last && (
            <ButtonLink
              href={`/${locale}/office/rewards/certificates?before=${last.id.toString()}`}
              variant="secondary"
              className="justify-self-center"
            >
              {t("older")}
            </ButtonLink>
          )}
        </div>
      )}
    </RewardsFrame>
  );
}
