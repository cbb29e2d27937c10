import { ChevronLeft, Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MergePairs } from "@/components/members/merge-pairs";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { duplicates } from "@/lib/members";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.duplicates"))("title") };
}

/** Members who may be one person, a pair a row. */
export default async function DuplicatesPage() {
  const { ctx, locale, f } = await office("members:merge", "/members/duplicates");
  const [t, members, { pairs, isCut }] = await Promise.all([
    getTranslations("people.duplicates"),
    getTranslations("office.member"),
    duplicates(ctx),
  ]);
  return (
    <ClientTexts areas={["common", "codes", "people"]}>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/members`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {members("all")}
          </Link>
        }
        title={t("title")}
        description={t("description")}
      />
      <Card>
        {pairs.length > 0 ? (
          <MergePairs pairs={pairs} locale={locale} f={f} />
        ) : (
          <EmptyState icon={<Users />} title={t("empty")}>
            {t("emptyHint")}
          </EmptyState>
        )}
      </Card>
      {isCut && <p className="mt-4 text-sm text-muted">{t("cut", { count: pairs.length })}</p>}
    </ClientTexts>
  );
}
