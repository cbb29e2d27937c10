import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { currencySign } from "@/components/office/currency-sign";
import { RuleEditor } from "@/components/rules/editor";
import { listsFor } from "@/components/rules/lists";
import { BLANK, isStart, startBody } from "@/components/rules/starts";
import { PageHeader } from "@/components/shell/page-header";
import { Notice } from "@/components/ui/notice";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { addDays, dayOf, minuteOfDay } from "@/lib/kernel/time";
import { programme, rules } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rules"))("one") };
}

/** One rule, or a new one, also from a starting point. */
export default async function RulePage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/programme/rules/[id]">) {
  const { id: asked } = await params;
  const { from } = await searchParams;
  const isNew = asked === "new";
  const { ctx, locale, f } = await office(
    isNew ? "programme:write" : "programme:read",
    `/programme/rules/${asked}`,
  );
  const id = isNew ? null : (parseId(asked) ?? notFound());
  const [t, office_, lists, all, { version }] = await Promise.all([
    getTranslations("rules"),
    getTranslations("office.programme"),
    listsFor(ctx),
    rules(ctx),
    programme(ctx),
  ]);
  const kept = id === null ? undefined : all.find(({ rule }) => rule.id === id)?.rule;
  if (!isNew && !kept) notFound();
  const { id: _id, ...body } = kept ?? { id: null, ...fresh(from, t) };
  const { zone, currency } = ctx.business;
  const today = dayOf(ctx.now, zone);
  const isReadOnly = !may(ctx.actor, "programme:write");
  return (
    <>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/programme/rules`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("all")}
          </Link>
        }
        title={<span className="wrap-anywhere">{kept?.name ?? t("new")}</span>}
      />
      {isReadOnly && (
        <Notice className="mb-6" title={office_("readOnly")}>
          {office_("readOnlyText")}
        </Notice>
      )}
      <RuleEditor
        key={`${asked} ${version}`}
        id={id}
        start={body}
        basedOn={version}
        lists={lists}
        groups={[...new Set(all.flatMap(({ rule }) => (rule.group ? [rule.group.name] : [])))]}
        unit={currencySign(f)}
        currency={currency}
        zone={zone}
        today={today}
        tomorrow={addDays(today, 1)}
        minute={minuteOfDay(ctx.now, zone)}
        isReadOnly={isReadOnly}
      />
    </>
  );
}

type Texts = Awaited<ReturnType<typeof getTranslations<"rules">>>;
const fresh = (from: unknown, t: Texts) =>
  isStart(from) ? startBody(from, t(`starts.name.${from}`)) : { ...BLANK, name: t("edit.untitled") };
