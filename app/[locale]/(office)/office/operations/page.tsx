import { Receipt } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { OperationFilters } from "@/components/office/operation-filters";
import { OperationsTable } from "@/components/office/operations-table";
import { PageHeader } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { firstIdAt, parseId } from "@/lib/kernel/ids";
import { addDays, dayOf, startOfDay } from "@/lib/kernel/time";
import { displayName } from "@/lib/members/model";
import { customer, operations } from "@/lib/sales";

const PAGE = 50;
const KINDS = ["purchase", "refund", "grant"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.operations"))("title") };
}

/** Everything the tills, the desk and the office posted, newest first; by day, by member, by kind. */
export default async function OperationsPage({ searchParams }: PageProps<"/[locale]/office/operations">) {
  const { ctx, locale, f } = await office("sales:read", "/operations");
  const t = await getTranslations("office.operations");
  const asked = await searchParams;
  const kind = KINDS.find((one) => one === asked.kind);
  const day = isDay(asked.day) ? asked.day : undefined;
  const memberId = parseId(asked.member);
  const before = parseId(asked.before);
  const { zone } = ctx.business;
  const endOfDay = day && firstIdAt(startOfDay(addDays(day, 1), zone));
  const [rows, member] = await Promise.all([
    operations(ctx, {
      ...(kind && { kinds: [kind] }),
      ...(memberId !== undefined && { memberId }),
      ...(day && { since: startOfDay(day, zone) }),
      before: before ?? (endOfDay || null),
      limit: PAGE + 1,
    }),
    memberId === undefined ? undefined : customer(ctx, { memberId }),
  ]);
  const shown = rows.slice(0, PAGE);
  const query = { kind, day, member: memberId?.toString() };
  const address = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...query, ...change })) if (value) next.set(name, value);
    return `/${locale}/office/operations?${next}` as const;
  };
  const last = shown.at(-1);
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <OperationFilters
        kind={kind ?? ""}
        day={day ?? ""}
        today={dayOf(ctx.now, zone)}
        {...(member && { member: { id: member.member.id, name: displayName(member.member) } })}
      />
      <Card>
        {shown.length > 0 ? (
          <OperationsTable rows={shown} f={f} locale={locale} />
        ) : (
          <EmptyState
            icon={<Receipt />}
            title={kind || day || memberId !== undefined ? t("noneHere") : t("empty")}
          >
            {kind || day || memberId !== undefined ? t("noneHereHint") : t("emptyHint")}
          </EmptyState>
        )}
      </Card>
      {(before !== undefined || rows.length > PAGE) && (
        <Pagination
          className="mt-4"
          back={before === undefined ? undefined : address({})}
          on={rows.length > PAGE && last ? address({ before: last.id.toString() }) : undefined}
        />
      )}
    </>
  );
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}
