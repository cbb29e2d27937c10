import { ArrowLeftRight, ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MergeButton } from "@/components/members/merge-button";
import { MergeCompare } from "@/components/members/merge-compare";
import { MergeNotes } from "@/components/members/merge-notes";
import { MergeWith } from "@/components/members/merge-with";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";
import { type MergePreview, previewMerge } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import { customer } from "@/lib/sales";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.merge"))("title") };
}

/** Merging another card into a member's: whom, what moves, and the press. */
export default async function MergePage({
  params,
  searchParams,
}: PageProps<"/[locale]/office/members/[id]/merge">) {
  const [{ id }, asked] = await Promise.all([params, searchParams]);
  const { ctx, locale, f } = await office("members:merge", `/members/${id}/merge`);
  const memberId = parseId(id);
  const found = memberId === undefined ? undefined : await customer(ctx, { memberId });
  if (!found || found.member.id !== memberId) notFound();
  const otherId = parseId(asked.with);
  const preview: MergePreview | undefined =
    otherId === undefined
      ? undefined
      : await previewMerge(ctx, { survivorId: memberId, loserId: otherId }).catch((error: unknown) => {
          if (error instanceof Refused) notFound();
          throw error;
        });
  const t = await getTranslations("people.merge");
  return (
    <ClientTexts areas={["common", "codes", "people"]}>
      <PageHeader
        back={
          <Link
            href={`/${locale}/office/members/${memberId}`}
            className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
            {displayName(found.member)}
          </Link>
        }
        title={t("title")}
        description={t("description")}
        actions={
          preview && (
            <ButtonLink
              variant="secondary"
              href={`/${locale}/office/members/${preview.loser.id}/merge?with=${memberId}`}
            >
              <ArrowLeftRight aria-hidden="true" />
              {t("swap")}
            </ButtonLink>
          )
        }
      />
      {preview ? (
        <div className="grid gap-6">
          <Card>
            <MergeCompare preview={preview} f={f} />
          </Card>
          <MergeNotes preview={preview} />
          <MergeButton
            survivor={{ id: memberId, name: displayName(preview.survivor) }}
            loser={{ id: preview.loser.id, name: displayName(preview.loser) }}
          />
        </div>
      ) : (
        <Card className="max-w-xl">
          <CardHeader>
            <CardTitle>{t("choose")}</CardTitle>
          </CardHeader>
          <CardBody>
            <MergeWith memberId={memberId} />
          </CardBody>
        </Card>
      )}
    </ClientTexts>
  );
}
