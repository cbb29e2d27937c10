import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BusinessForm } from "@/components/office/business-form";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.business"))("title") };
}

/** What the business is called, counts in, and looks like on a member's phone. */
export default async function BusinessPage() {
  const { ctx, locale } = await office("business:write", "/business");
  const t = await getTranslations("office.business");
  const { name, currency, locale: language, zone, accent } = ctx.business;
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  const currencies = Intl.supportedValuesOf("currency").map((code) => ({
    value: code,
    label: `${code} · ${names.of(code) ?? code}`,
  }));
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <BusinessForm
        profile={{ name, currency, locale: language, zone, accent }}
        currencies={currencies}
        zones={[...new Set(["UTC", zone, ...Intl.supportedValuesOf("timeZone")])]}
      />
    </>
  );
}
