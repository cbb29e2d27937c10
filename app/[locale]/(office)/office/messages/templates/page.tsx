import { FileText, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MessageTabs } from "@/components/messages/tabs";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/access";
import { templates } from "@/lib/messaging";
import { LANGUAGES, lint } from "@/lib/messaging/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.office.templates"))("title") };
}

/** All templates in use, with what the editor would remark. */
export default async function TemplatesPage() {
  const { ctx, locale } = await office("messages:read", "/messages/templates");
  const [t, all] = await Promise.all([getTranslations("messaging"), templates(ctx)]);
  const at = `/${locale}/office/messages/templates` as const;
  const add = may(ctx.actor, "messages:write") && (
    <ButtonLink href={`${at}/new`}>
      <Plus aria-hidden="true" />
      {t("office.templates.new")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t("office.templates.title")}
        description={t("office.templates.text")}
        actions={add}
      />
      <MessageTabs actor={ctx.actor} locale={locale} current="templates" />
      <Card>
        {all.length === 0 ? (
          <EmptyState icon={<FileText />} title={t("office.templates.empty")} action={add}>
            {t("office.templates.emptyText")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {all.map((one) => {
              const problems = lint(one.content).length;
              return (
                <li
                  key={one.id.toString()}
                  className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5 hover:bg-sunken/60 sm:px-6"
                >
                  <span className="min-w-0">
                    <Link
                      href={`${at}/${one.id.toString()}`}
                      className="font-medium after:absolute after:inset-0"
                    >
                      {one.name}
                    </Link>
                    <span className="block text-sm text-faint">
                      {t(`kind.${one.kind}`)} · {t(`purpose.${one.purpose}`)} ·{" "}
                      {t("office.templates.version", { number: one.version })}
                    </span>
                  </span>
                  <span className="flex flex-wrap items-center gap-2">
                    {LANGUAGES.filter((language) => one.content.locales[language]).map((language) => (
                      <Badge key={language}>{language.toUpperCase()}</Badge>
                    ))}
                    <Badge tone={problems > 0 ? "warning" : "success"}>
                      {problems > 0
                        ? t("office.templates.problems", { count: problems })
                        : t("office.templates.fine")}
                    </Badge>
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </Card>
    </>
  );
}
