import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CustomDialog } from "@/components/members/custom-dialog";
import { CustomList } from "@/components/members/custom-list";
import { TagCard } from "@/components/members/tag-card";
import { office } from "@/components/office/context";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { Notice } from "@/components/ui/notice";
import { customFields, tagCounts } from "@/lib/members";
import { CUSTOM_FIELDS_MAX } from "@/lib/members/model";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile.fields"))("title") };
}

/** The fields a business made for itself: made, named, ordered and put away here. */
export default async function FieldsPage() {
  const { ctx } = await office("programme:write", "/fields");
  const [t, all, tags] = await Promise.all([
    getTranslations("profile.fields"),
    customFields(ctx),
    tagCounts(ctx),
  ]);
  const used = all.filter(({ archivedAt }) => archivedAt === null);
  const away = all.filter(({ archivedAt }) => archivedAt !== null);
  const isFull = used.length >= CUSTOM_FIELDS_MAX;
  return (
    <ClientTexts areas={["common", "office", "codes", "profile", "catalog"]}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={isFull ? undefined : <CustomDialog field={null} />}
      />
      {isFull && (
        <Notice tone="info" className="mb-4">
          {t("full")}
        </Notice>
      )}
      <div className="grid gap-6">
        <CustomList used={used} away={away} />
        <TagCard tags={tags} />
      </div>
    </ClientTexts>
  );
}
