import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import type { MergePreview } from "@/lib/members";

/** What a merge does that figures do not show, and what to think of before. */
export async function MergeNotes({ preview: { survivor, loser } }: { preview: MergePreview }) {
  const t = await getTranslations("people.merge");
  return (
    <div className="grid gap-3">
      {survivor.hasCard && loser.hasCard && <Notice tone="warning">{t("twoSignIns")}</Notice>}
      {survivor.blocked !== loser.blocked && <Notice tone="warning">{t("blocked")}</Notice>}
      <Notice title={t("keeps")}>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{t("keepsPoints")}</li>
          <li>{t("keepsNames")}</li>
          <li>{t("keepsConsent")}</li>
        </ul>
      </Notice>
    </div>
  );
}
