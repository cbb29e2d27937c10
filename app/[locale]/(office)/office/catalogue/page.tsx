import { Plus, SearchX, ShoppingBasket } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CatalogueFilters } from "@/components/catalog/filters";
import { ItemDialog } from "@/components/catalog/item-dialog";
import { ItemList } from "@/components/catalog/item-list";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { may } from "@/lib/access";
import { categories, items } from "@/lib/catalog";
import { ITEMS_MAX } from "@/lib/catalog/model";
import { type ItemQuery, itemQuery } from "@/lib/catalog/schema";

const PAGE = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog"))("title") };
}

/** What the business sells, by category: made, changed, put away and deleted here. */
export default async function CataloguePage({ searchParams }: PageProps<"/[locale]/office/catalogue">) {
  const { ctx, locale, f } = await office("programme:read", "/catalogue");
  const query = queryOf(await searchParams);
  const [t, page, known] = await Promise.all([
    getTranslations("catalog"),
    items(ctx, query),
    categories(ctx),
  ]);
  const { currency } = ctx.business;
  const mayWrite = may(ctx.actor, "programme:write");
  const names = known.all.map(({ name }) => name);
  const isFull = known.onSale >= ITEMS_MAX;
  const isAsked = query.search !== "" || query.kind !== null || query.category !== null;
  const base = `/${locale}/office/catalogue` as const;
  const address = (cursor: string | null) => {
    const { search, kind, category, away } = query;
    const asked = { q: search, kind, category, away: away ? "1" : null, cursor };
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries(asked)) if (value) next.set(name, value);
    return `${base}?${next}` as const;
  };
  const inNone = known.all.reduce(
    (rest, one) => rest - (query.away ? one.away : one.onSale),
    query.away ? known.away : known.onSale,
  );
  const add = mayWrite && !isFull && (
    <ItemDialog
      preset={{ kind: query.kind ?? "service", category: query.category ?? "" }}
      categories={names}
      currency={currency}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      }
    />
  );
  return (
    <ClientTexts areas={["common", "office", "codes", "catalog"]}>
      <PageHeader title={t("title")} description={t("description")} actions={add} />
      {isFull && (
        <Notice tone="info" className="mb-4">
          {t("full", { max: ITEMS_MAX })}
        </Notice>
      )}
      {known.onSale + known.away > 0 && (
        <CatalogueFilters
          kind={query.kind ?? ""}
          category={query.category ?? ""}
          away={query.away}
          awayCount={known.away}
          categories={names}
        />
      )}
      <Card>
        {page.items.length > 0 ? (
          <ItemList
            items={page.items}
            categories={known.all}
            away={query.away}
            inNone={inNone}
            mayWrite={mayWrite}
            currency={currency}
            f={f}
          />
        ) : isAsked ? (
          <EmptyState
            icon={<SearchX />}
            title={t("noneFound")}
            action={
              <ButtonLink href={base} variant="secondary">
                {t("everything")}
              </ButtonLink>
            }
          >
            {t("noneFoundText")}
          </EmptyState>
        ) : query.away ? (
          <EmptyState icon={<ShoppingBasket />} title={t("emptyAway")}>
            {t("emptyAwayText")}
          </EmptyState>
        ) : (
          <EmptyState icon={<ShoppingBasket />} title={t("empty")} action={add}>
            {t("emptyText")}
          </EmptyState>
        )}
      </Card>
      {(page.cursor ?? query.cursor) !== null && (
        <Pagination
          className="mt-4"
          back={query.cursor === null ? undefined : address(null)}
          on={page.cursor === null ? undefined : address(page.cursor)}
        >
          {query.cursor !== null && t("fromStart")}
        </Pagination>
      )}
    </ClientTexts>
  );
}

type Asked = Readonly<Record<string, string | string[] | undefined>>;

/** What the address asks for; what makes no sense in it is left out. */
function queryOf(asked: Asked): ItemQuery {
  const one = (name: string) => [asked[name]].flat()[0] || null;
  const plain = { search: "", kind: null, category: null, away: false, limit: PAGE, cursor: null };
  return itemQuery.catch(plain).parse({
    search: one("q") ?? "",
    kind: one("kind"),
    category: one("category"),
    away: one("away") === "1",
    limit: PAGE,
    cursor: one("cursor"),
  });
}
