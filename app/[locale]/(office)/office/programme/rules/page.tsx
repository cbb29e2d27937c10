import { ListChecks, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { listsFor } from "@/components/rules/lists";
import { RuleRow } from "@/components/rules/rule-row";
import { StartsCard } from "@/components/rules/starts-card";
import { ProgrammeTabs } from "@/components/rules/tabs";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TabLinks } from "@/components/ui/tab-links";
import { may } from "@/lib/access";
import { programme, type RuleState, rules } from "@/lib/program";

const PAGE = 50;
const FILTERS = {
  all: ["on", "off", "scheduled", "ended", "spent"],
  on: ["on"],
  scheduled: ["scheduled"],
  off: ["off"],
  ended: ["ended", "spent"],
  archived: ["archived"],
} as const satisfies Record<string, readonly RuleState[]>;
type Filter = keyof typeof FILTERS;
const NAMES = Object.keys(FILTERS) as Filter[];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rules"))("title") };
}

/** Every rule with what it says, how it stands and what it gave; and rules to begin with. */
export default async function RulesPage({ searchParams }: PageProps<"/[locale]/office/programme/rules">) {
  const { ctx, locale, f } = await office("programme:read", "/programme/rules");
  const asked = await searchParams;
  const filter = NAMES.find((name) => name === asked.state) ?? "all";
  const page = Math.max(1, Math.trunc(Number(asked.page)) || 1);
  const [t, all, lists, current] = await Promise.all([
    getTranslations("rules"),
    rules(ctx, filter === "archived"),
    listsFor(ctx),
    programme(ctx),
  ]);
  const mayWrite = may(ctx.actor, "programme:write");
  const states: readonly RuleState[] = FILTERS[filter];
  const found = all.filter(({ state }) => states.includes(state));
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const at = `/${locale}/office/programme/rules` as const;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={
          mayWrite && (
            <ButtonLink href={`${at}/new`}>
              <Plus aria-hidden="true" />
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <ProgrammeTabs locale={locale} current="/rules" />
      <div className="grid gap-6">
        <Card>
          <TabLinks
            label={t("list.filter")}
            className="px-5 sm:px-6"
            current={`${at}?state=${filter}`}
            items={NAMES.map((name) => ({
              href: `${at}?state=${name}` as const,
              label: t(`filter.${name}`),
            }))}
          />
          {shown.length === 0 ? (
            <EmptyState icon={<ListChecks />} title={filter === "all" ? t("empty") : t("emptyHere")}>
              {filter === "all" && t("emptyText")}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {shown.map((row) => (
                <RuleRow
                  key={row.rule.id.toString()}
                  row={row}
                  words={{ t, f, lists }}
                  locale={locale}
                  basedOn={current.version}
                  mayWrite={mayWrite}
                />
              ))}
            </ul>
          )}
          {found.length > page * PAGE && (
            <p className="border-t px-5 py-4 text-center">
              <ButtonLink href={`${at}?state=${filter}&page=${page + 1}`} variant="secondary" size="sm">
                {t("list.more")}
              </ButtonLink>
            </p>
          )}
        </Card>
        {mayWrite && <StartsCard t={t} locale={locale} />}
      </div>
    </>
  );
}
