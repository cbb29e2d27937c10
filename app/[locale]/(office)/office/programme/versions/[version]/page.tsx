import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { changeText } from "@/components/office/change-text";
import { office } from "@/components/office/context";
import { EffectPanel } from "@/components/office/effect-panel";
import { SimulationPanel } from "@/components/rules/simulation-panel";
import { UndoChange } from "@/components/rules/version-actions";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { effectOf, programme, programmeAt, type RuleChange, versions } from "@/lib/program";
import type { Programme } from "@/lib/program/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rules.versions"))("title") };
}

/** What going back to an older version would change, who would move and what it would have cost; and doing it. */
export default async function VersionPage({
  params,
}: PageProps<"/[locale]/office/programme/versions/[version]">) {
  const { version: asked } = await params;
  const { ctx, locale, f } = await office("programme:write", `/programme/versions/${asked}`);
  const version = /^\d{1,9}$/.test(asked) ? Number(asked) : notFound();
  const current = await programme(ctx);
  if (version < 1 || version >= current.version) notFound();
  const [t, texts, change, tiers, then, history] = await Promise.all([
    getTranslations("rules.versions"),
    getTranslations("office.programme.versions"),
    getTranslations("office.programme.change"),
    getTranslations("tiers"),
    programmeAt(ctx, version),
    versions(ctx),
  ]);
  const { version: _version, rules: _rules, ...rest } = then;
  const effect = await effectOf(ctx, { ...rest, tiers: [...rest.tiers] });
  const rules = ruleChanges(current, then);
  const isBlocked = history.rows.some(
    ({ effectiveAt, cancelledAt }) => effectiveAt > ctx.now && cancelledAt === null,
  );
  return (
    <>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/programme/versions`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("title")}
          </Link>
        }
        title={texts("version", { version })}
        description={t("backText")}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid min-w-0 gap-6">
          <Card>
            <CardHeader>
              <CardTitle>{t("differs")}</CardTitle>
            </CardHeader>
            <CardBody>
              {effect.changes.length + rules.length === 0 ? (
                <p className="text-muted">{t("same")}</p>
              ) : (
                <ul className="grid list-disc gap-1 pl-5">
                  {effect.changes.map((one) => (
                    <li key={`${one.code}-${one.tier ?? ""}`}>{changeText(one, change, tiers, f)}</li>
                  ))}
                  {rules.map(({ how, ruleId, name }) => (
                    <li key={`${how} ${ruleId}`}>{t(`rule.${how}`, { name })}</li>
                  ))}
                </ul>
              )}
            </CardBody>
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>{t("played")}</CardTitle>
            </CardHeader>
            <CardBody>
              <SimulationPanel asked={{ version }} currency={ctx.business.currency} />
            </CardBody>
          </Card>
        </div>
        <div className="grid min-w-0 gap-4">
          {isBlocked ? (
            <Notice tone="warning">{t("blocked")}</Notice>
          ) : (
            <UndoChange basedOn={current.version} version={version} />
          )}
          <EffectPanel
            effect={effect}
            failure={null}
            isPending={false}
            policy={then.policy}
            currency={ctx.business.currency}
          />
        </div>
      </div>
    </>
  );
}

/** Rules that would come back, go, or say again what they said. */
function ruleChanges(now: Programme, then: Programme): RuleChange[] {
  const rulesOf = ({ rules }: Programme) => (rules?.all ?? []).map(({ rule }) => rule);
  const [is, was] = [rulesOf(now), rulesOf(then)];
  const jsonOf = (value: unknown) =>
    JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? each.toString() : each));
  const back = was.flatMap((rule): RuleChange[] => {
    const same = is.find(({ id }) => id === rule.id);
    const named = { ruleId: rule.id, name: rule.name };
    if (!same) return [{ how: "added", ...named }];
    return jsonOf(same) === jsonOf(rule) ? [] : [{ how: "changed", ...named }];
  });
  const gone = is
    .filter(({ id }) => was.every((rule) => rule.id !== id))
    .map(({ id, name }): RuleChange => ({ how: "removed", ruleId: id, name }));
  return [...back, ...gone];
}
