import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { ProgrammeTabs } from "@/components/rules/tabs";
import { VersionRow } from "@/components/rules/version-row";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { may } from "@/lib/access";
import { programme, versions } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rules.versions"))("title") };
}

/** Every state the programme had and those to come: what each changed, with a way to take it back. */
export default async function VersionsPage({
  searchParams,
}: PageProps<"/[locale]/office/programme/versions">) {
  const { ctx, locale, f } = await office("programme:read", "/programme/versions");
  const before = Number((await searchParams).before);
  const [t, texts, current, history] = await Promise.all([
    getTranslations("rules.versions"),
    getTranslations("office.programme.versions"),
    programme(ctx),
    versions(ctx, Number.isSafeInteger(before) && before > 0 && before < 2 ** 31 ? before : null),
  ]);
  const mayWrite = may(ctx.actor, "programme:write");
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <ProgrammeTabs locale={locale} current="/versions" />
      <Card>
        <ol className="divide-y divide-line">
          {history.rows.map((row) => (
            <VersionRow
              key={row.version}
              row={row}
              f={f}
              locale={locale}
              now={ctx.now}
              current={current.version}
              mayWrite={mayWrite}
            />
          ))}
        </ol>
        {history.next !== null && (
          <p className="border-t px-5 py-4 text-center">
            <ButtonLink
              href={`/${locale}/office/programme/versions?before=${history.next}`}
              variant="secondary"
              size="sm"
            >
              {texts("older")}
            </ButtonLink>
          </p>
        )}
      </Card>
    </>
  );
}
