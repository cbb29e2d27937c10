import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { currencySign } from "@/components/office/currency-sign";
import { TermsForm } from "@/components/referrals/terms-form";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Notice } from "@/components/ui/notice";
import { may } from "@/lib/access";
import { effectOf, programme } from "@/lib/program";
import { funnel } from "@/lib/referrals";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("referrals.settings"))("title") };
}

/** What guests get for friends, and what it means, before it is put in force as the programme's next version. */
export default async function ReferralTermsPage() {
  const { ctx, locale, f } = await office("programme:read", "/programme/referrals");
  const [t, rules, current] = await Promise.all([
    getTranslations("referrals.settings"),
    getTranslations("office.programme"),
    programme(ctx),
  ]);
  const { version, ...rest } = current;
  const settings = { ...rest, tiers: [...rest.tiers] };
  const isReadOnly = !may(ctx.actor, "programme:write");
  const past = may(ctx.actor, "analytics:read") ? await funnel(ctx, 90) : { joined: 0, bought: 0 };
  return (
    <ClientTexts areas={["common", "office", "codes", "referrals"]}>
      <PageHeader
        title={t("title")}
        description={t("text")}
        back={
          <Link
            href={`/${locale}/office/programme`}
            className="inline-flex items-center gap-0.5 font-medium text-brand"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("back")}
          </Link>
        }
      />
      {isReadOnly && (
        <Notice className="mb-6" title={rules("readOnly")}>
          {rules("readOnlyText")}
        </Notice>
      )}
      <TermsForm
        key={version}
        basedOn={version}
        settings={settings}
        effect={await effectOf(ctx, settings)}
        isReadOnly={isReadOnly}
        unit={currencySign(f)}
        currency={ctx.business.currency}
        past={{ joined: past.joined, bought: past.bought }}
      />
    </ClientTexts>
  );
}
