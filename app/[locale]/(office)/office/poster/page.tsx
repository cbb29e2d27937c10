import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import QRCode from "qrcode";
import { office } from "@/components/office/context";
import { PrintPoster } from "@/components/office/print-poster";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { LogoMark } from "@/components/ui/logo";
import { baseUrl } from "@/lib/platform/env";
import { formats } from "@/lib/platform/i18n/format";
import { LOCALES } from "@/lib/platform/i18n/locales";
import { programme } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.poster"))("title") };
}

/** How people join: the link, and a sheet to print and put beside the till. */
export default async function PosterPage() {
  const { ctx } = await office("members:read", "/poster");
  // The sheet speaks to the guests, the page around it to whoever prints it.
  const language = LOCALES.find((one) => one === ctx.business.locale) ?? "en";
  const [t, sheet, current] = await Promise.all([
    getTranslations("office.poster"),
    getTranslations({ locale: language, namespace: "office.poster" }),
    programme(ctx),
  ]);
  const { points } = formats({ locale: language });
  const address = `${baseUrl()}/join/${ctx.business.slug}`;
  const svg = await QRCode.toString(address, { type: "svg", errorCorrectionLevel: "M", margin: 1 });
  const { welcome } = current;
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={t("title")} description={t("text")} actions={<PrintPoster label={t("print")} />} />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem] print:block">
        <section
          aria-label={t("sheet")}
          lang={language}
          className="mx-auto grid w-full max-w-2xl justify-items-center gap-8 rounded-xl bg-white px-6 py-12 text-center text-black shadow-card sm:px-12 sm:py-16 print:shadow-none"
        >
          <p className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-4xl">
            {ctx.business.name}
          </p>
          <p className="max-w-md text-lg sm:text-2xl">
            {welcome && welcome.points > 0n
              ? sheet("promise", { points: points(welcome.points) })
              : sheet("promisePlain")}
          </p>
          {/* A data address needs no loader, and next/image would only add weight. */}
          {/* oxlint-disable-next-line nextjs/no-img-element -- drawn by our own route for printing; an image service would only stand between */}
          <img
            src={`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`}
            alt={t("qr", { address })}
            width={320}
            height={320}
            className="w-full max-w-80"
          />
          <p className="text-base sm:text-xl">{sheet("how")}</p>
          <p className="text-sm wrap-anywhere sm:text-base">{address.replace(/^https?:\/\//, "")}</p>
          <span className="flex items-center gap-2 text-sm opacity-60">
            <LogoMark className="size-5" />
            Kolo
          </span>
        </section>
        <Card className="print:hidden">
          <CardHeader>
            <CardTitle>{t("link")}</CardTitle>
          </CardHeader>
          <CardBody className="grid gap-4">
            <p className="text-sm text-muted">{t("linkText")}</p>
            <code className="rounded-md bg-sunken p-3 text-sm wrap-anywhere">{address}</code>
            <CopyButton text={address} label={t("copy")} copiedLabel={t("copied")} />
            <p className="text-sm text-muted">{t("code", { code: ctx.business.joinCode })}</p>
          </CardBody>
        </Card>
      </div>
    </>
  );
}
