"use client";
import { Ban, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { blockMember } from "@/lib/members/actions";
import { useAct } from "./use-act";

/** Blocks a member after a question; unblocks at once. */
export function BlockButton({ memberId, isBlocked }: { memberId: bigint; isBlocked: boolean }) {
  const t = useTranslations("office.block");
  const common = useTranslations("common");
  const { run, isPending } = useAct(blockMember, { said: isBlocked ? t("unblocked") : t("blocked") });
  if (isBlocked)
    return (
      <Button variant="secondary" busy={isPending} onClick={() => run({ memberId, blocked: false })}>
        <Check aria-hidden="true" />
        {t("unblock")}
      </Button>
    );
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="secondary" busy={isPending}>
          <Ban aria-hidden="true" />
          {t("block")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={t("title")}
        description={t("text")}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button variant="secondary">{common("cancel")}</Button>
            </AlertDialogCancel>
            <AlertDialogAction asChild>
              <Button variant="danger" onClick={() => run({ memberId, blocked: true })}>
                {t("block")}
              </Button>
            </AlertDialogAction>
          </>
        }
      />
    </AlertDialog>
  );
}
