"use client";
import { Archive, ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { putOccasionAway, putPromoAway, putRewardAway, putStampsAway } from "@/lib/program/actions";
import { ConfirmButton } from "../office/confirm-button";
import { useAct } from "../office/use-act";
import { FailureText } from "../office/uses";
import { IconButton } from "../ui/button";
import { useToast } from "../ui/toast";

const ACTS = {
  reward: putRewardAway,
  stamps: putStampsAway,
  promo: putPromoAway,
  occasion: putOccasionAway,
} as const;
export type Archived = keyof typeof ACTS;

/** Ends something, or goes on with it; says where it is still promised when it may not end. */
export function ArchiveButton({
  what,
  id,
  name,
  isArchived,
}: {
  what: Archived;
  id: bigint;
  name: string;
  isArchived: boolean;
}) {
  const t = useTranslations("rewards.archive");
  const toast = useToast();
  const { run, isPending, failure, forget } = useAct(ACTS[what], {
    said: t(isArchived ? "restored" : "done"),
  });
  useEffect(() => {
    if (!failure) return;
    toast(<FailureText failure={failure} />, "danger");
    forget();
  }, [failure, toast, forget]);
  if (isArchived)
    return (
      <IconButton
        label={t("restore", { name })}
        busy={isPending}
        onClick={() => run({ id, archived: false })}
      >
        <ArchiveRestore aria-hidden="true" />
      </IconButton>
    );
  return (
    <ConfirmButton
      label={t("label", { name })}
      icon={<Archive aria-hidden="true" />}
      title={t("title", { name })}
      text={t(`text.${what}`)}
      act={t("act")}
      isPending={isPending}
      onConfirm={() => run({ id, archived: true })}
    />
  );
}
