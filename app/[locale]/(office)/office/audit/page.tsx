import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditTable } from "@/components/office/audit-table";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { auditTrail, listStaff, may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.audit"))("title") };
}

/** Who did what, newest first: written with every change, never rewritten. */
export default async function AuditPage({ searchParams }: PageProps<"/[locale]/office/audit">) {
  const { ctx, locale, f } = await office("audit:read", "/audit");
  const before = parseId((await searchParams).before);
  const [t, trail, staff] = await Promise.all([
    getTranslations("office.audit"),
    auditTrail(ctx, { before, take: 50 }),
    may(ctx.actor, "staff:read") ? listStaff(ctx) : [],
  ]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <Card>
        {trail.rows.length > 0 ? (
          <AuditTable rows={trail.rows} names={names} f={f} locale={locale} />
        ) : (
          <EmptyState icon={<ScrollText />} title={t("empty")} />
        )}
      </Card>
      {(before !== undefined || trail.next !== null) && (
        <Pagination
          className="mt-4"
          back={before === undefined ? undefined : `/${locale}/office/audit`}
          on={trail.next === null ? undefined : `/${locale}/office/audit?before=${trail.next.toString()}`}
        />
      )}
    </>
  );
}
