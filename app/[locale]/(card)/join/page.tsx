import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { JoinCodeForm } from "@/components/card/join-code-form";
import { refusedTexts } from "@/components/card/refused";
import { CardShell } from "@/components/shell/card-shell";
import { Preferences } from "@/components/shell/preferences";
import { Logo } from "@/components/ui/logo";
import { findBusiness } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("card");
  return { title: t("join.codeTitle") };
}

/** From a poster's code to its business: `?code=` leads on by itself, a wrong one can be put right here. */
export default async function JoinByCodePage({ searchParams }: PageProps<"/[locale]/join">) {
  const [locale, query] = await Promise.all([getLocale(), searchParams]);
  const asked = typeof query.code === "string" ? query.code.replace(/[\s-]/g, "").toUpperCase() : "";
  const business = /^[\dA-Z]{2,20}$/.test(asked) ? await findBusiness({ joinCode: asked }) : undefined;
  const invite = typeof query.invite === "string" ? `?${new URLSearchParams({ invite: query.invite })}` : "";
  if (business) redirect(`/${locale}/join/${business.slug}${invite}`);
  const [t, refused] = await Promise.all([getTranslations("card"), refusedTexts("not_found", "offline")]);
  return (
    <CardShell head={<Logo />}>
      <div className="mt-4">
        <h1 className="text-2xl font-semibold tracking-tight">{t("join.codeTitle")}</h1>
        <p className="mt-1 text-muted">{t("join.codeText")}</p>
      </div>
      <JoinCodeForm
        locale={locale}
        code={asked.slice(0, 30)}
        label={t("wallet.code")}
        go={t("wallet.go")}
        refused={refused}
        error={asked === "" ? undefined : refused.not_found}
      />
      <Preferences className="mt-auto pt-6" />
    </CardShell>
  );
}
