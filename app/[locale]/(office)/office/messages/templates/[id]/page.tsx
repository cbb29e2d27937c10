import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TemplateEditor } from "@/components/messages/template-editor";
import { office } from "@/components/office/context";
import { PageHeader } from "@/components/shell/page-header";
import { may } from "@/lib/access";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { template } from "@/lib/messaging";
import { LANGUAGES } from "@/lib/messaging/model";
import { promos, rewards } from "@/lib/program";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messaging.office.templates"))("title") };
}

/** One template, or a new one: words beside how they will be seen. */
export default async function TemplatePage({
  params,
}: PageProps<"/[locale]/office/messages/templates/[id]">) {
  const { id: asked } = await params;
  const { ctx, locale } = await office("messages:read", `/messages/templates/${asked}`);
  const t = await getTranslations("messaging.office");
  const id = parseId(asked);
  if (asked !== "new" && id === undefined) notFound();
  const kept = id === undefined ? null : await template(ctx, id).catch(missing);
  const reads = may(ctx.actor, "programme:read");
  const givable = {
    promos: reads ? named(await promos(ctx)) : [],
    rewards: reads ? named(await rewards(ctx)) : [],
  };
  const language = LANGUAGES.find((one) => one === ctx.business.locale) ?? "en";
  return (
    <>
      <PageHeader
        title={kept?.name ?? t("editor.newTitle")}
        back={
          <Link
            href={`/${locale}/office/messages/templates`}
            className="inline-flex items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {t("templates.title")}
          </Link>
        }
      />
      <TemplateEditor
        start={{
          templateId: kept?.id ?? null,
          basedOn: kept?.version ?? 0,
          name: kept?.name ?? "",
          purpose: kept?.purpose ?? "marketing",
          kind: kept?.kind ?? "offer",
          content: kept?.content ?? { locales: { [language]: { title: "", text: "" } } },
        }}
        business={{ name: ctx.business.name, accent: ctx.business.accent }}
        language={language}
        givable={givable}
        isReadOnly={!may(ctx.actor, "messages:write")}
      />
    </>
  );
}

function missing(error: unknown): never {
  if (error instanceof Refused && error.code === "not_found") notFound();
  throw error;
}

const named = (all: readonly { id: bigint; name: string; archivedAt: Date | null }[]) =>
  all.flatMap(({ id, name, archivedAt }) => (archivedAt === null ? [{ id: id.toString(), name }] : []));
