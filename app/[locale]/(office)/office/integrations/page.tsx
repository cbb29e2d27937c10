import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { office } from "@/components/office/context";
import { KeyList } from "@/components/office/key-list";
import { NewKey } from "@/components/office/new-key";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { listApiKeys } from "@/lib/access";
import { baseUrl } from "@/lib/platform/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.integrations"))("title") };
}

/** How tills and web shops connect: the address, the company's number, and keys. */
export default async function IntegrationsPage() {
  const { ctx, f } = await office("keys:write", "/integrations");
  const [t, keys] = await Promise.all([getTranslations("office.integrations"), listApiKeys(ctx)]);
  const address = `${baseUrl()}/partner/v2`;
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} actions={<NewKey />} />
      <div className="grid items-start gap-6 *:min-w-0 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("keys")}</CardTitle>
              <CardDescription>{t("keysText")}</CardDescription>
            </div>
          </CardHeader>
          <KeyList
            keys={keys.map((key) => ({
              id: key.id,
              name: key.name,
              hint: key.hint,
              isRevoked: key.revokedAt !== null,
              made: t("made", { date: f.date(key.createdAt) }),
              used: key.lastUsedAt ? t("used", { when: f.days(key.lastUsedAt, ctx.now) }) : t("unused"),
            }))}
          />
        </Card>
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("connect")}</CardTitle>
              <CardDescription>{t("connectText")}</CardDescription>
            </div>
          </CardHeader>
          <CardBody className="grid gap-4 *:min-w-0">
            <Value name={t("address")} value={address} copy={t("copy")} copied={t("copied")} />
            <Value
              name={t("company")}
              value={ctx.business.id.toString()}
              copy={t("copy")}
              copied={t("copied")}
            />
            <div>
              <p className="mb-1.5 text-sm font-medium">{t("try")}</p>
              <pre className="overflow-x-auto rounded-md bg-sunken p-3 text-xs leading-5">
                {`curl ${address}/settings \\\n  -u ${ctx.business.id}:${t("yourKey")} \\\n  -H "X-Origin-Request-Id: $(uuidgen)" \\\n  -H "X-Timestamp: $(date -u +%FT%TZ)"`}
              </pre>
            </div>
            <p className="text-sm text-muted">{t("docs")}</p>
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function Value({
  name,
  value,
  copy,
  copied,
}: {
  name: ReactNode;
  value: string;
  copy: string;
  copied: string;
}) {
  return (
    <div>
      <p className="mb-1.5 text-sm font-medium">{name}</p>
      <div className="flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-sm wrap-anywhere">{value}</code>
        <CopyButton text={value} label={copy} copiedLabel={copied} variant="ghost" size="sm" iconOnly />
      </div>
    </div>
  );
}
