"use client";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { makeJourney } from "@/lib/journeys/actions";
import type { Ready } from "@/lib/journeys/model";

/** Makes a draft and opens it. */
export function NewJourney({ kind, preset }: { kind: "journey" | "campaign"; preset: Ready | null }) {
  const t = useTranslations("journeys");
  const locale = useLocale();
  const router = useRouter();
  const { run, isPending } = useAct(makeJourney, {
    onDone: (id) => {
      if (kind === "campaign") router.push(`/${locale}/office/campaigns/${id}`);
      else router.push(`/${locale}/office/journeys/${id}`);
    },
  });
  const name = preset === null ? t("list.untitled") : t(`ready.${preset}`);
  const label =
    preset !== null ? t("list.use") : kind === "campaign" ? t("list.newCampaign") : t("list.newJourney");
  return (
    <Button
      variant={preset === null ? "primary" : "soft"}
      size={preset === null ? "md" : "sm"}
      busy={isPending}
      className="shrink-0 whitespace-nowrap"
      aria-label={preset === null ? undefined : `${label}: ${name}`}
      onClick={() => run({ kind, name, preset })}
    >
      {preset === null && <Plus aria-hidden="true" />}
      {label}
    </Button>
  );
}
