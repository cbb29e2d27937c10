import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { SimulationChoice } from "@/components/rules/simulation-choice";
import { ProgrammeTabs } from "@/components/rules/tabs";
import { PageHeader } from "@/components/shell/page-header";
import { rules, versions } from "@/lib/program";

/** More rules than anybody ticks one by one; the others stay as they are. */
const RULES_MAX = 200;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rules.simulation"))("title") };
}

/** The business's own past under the programme of today, with rules switched, or under what is scheduled. */
export default async function SimulationPage() {
  const { ctx, locale, f } = await office("programme:read", "/programme/simulation");
  const [t, all, history] = await Promise.all([
    getTranslations("rules.simulation"),
    rules(ctx),
    versions(ctx),
  ]);
  const scheduled = history.rows
    .filter(({ effectiveAt, cancelledAt }) => effectiveAt > ctx.now && cancelledAt === null)
    .map(({ version, effectiveAt }) => ({
      version,
      text: t("scheduled", { version, date: f.date(effectiveAt) }),
    }));
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <ProgrammeTabs locale={locale} current="/simulation" />
      <SimulationChoice
        rules={all.slice(0, RULES_MAX).map(({ rule: { id, ...body } }) => ({ id, body }))}
        scheduled={scheduled}
        currency={ctx.business.currency}
      />
    </>
  );
}
