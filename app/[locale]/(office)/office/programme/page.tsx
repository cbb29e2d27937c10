import { Share2 } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { currencySign } from "@/components/office/currency-sign";
import { ProgrammeForm } from "@/components/office/programme-form";
import { ProgrammeTabs } from "@/components/rules/tabs";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { may } from "@/lib/access";
import { effectOf, programme } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.programme"))("title") };
}

/** The promise to members, and its effect before it is saved. */
export default async function ProgrammePage() {
  const { ctx, locale, f } = await office("programme:read", "/programme");
  const [t, friends, current] = await Promise.all([
    getTranslations("office.programme"),
    getTranslations("referrals.settings"),
    programme(ctx),
  ]);
  const { version, rules: _rules, ...rest } = current;
  const settings = { ...rest, tiers: [...rest.tiers] };
  const mayWrite = may(ctx.actor, "programme:write");
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={
          <ButtonLink href={`/${locale}/office/programme/referrals`} variant="secondary">
            <Share2 aria-hidden="true" />
            {friends("link")}
          </ButtonLink>
        }
      />
      <ProgrammeTabs locale={locale} current="" />
      {!mayWrite && (
        <Notice className="mb-6" title={t("readOnly")}>
          {t("readOnlyText")}
        </Notice>
      )}
      <ProgrammeForm
        key={version}
        basedOn={version}
        settings={settings}
        effect={await effectOf(ctx, settings)}
        isReadOnly={!mayWrite}
        unit={currencySign(f)}
        currency={ctx.business.currency}
      />
    </>
  );
}
