"use client";
import { Merge } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { mergeMember } from "@/lib/members/actions";

/** Merges after a question, and leads to the card that stayed. */
export function MergeButton({
  survivor,
  loser,
}: {
  survivor: { id: bigint; name: string };
  loser: { id: bigint; name: string };
}) {
  const t = useTranslations("people.merge");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const { run, isPending, failure } = useAct(mergeMember, {
    said: t("done"),
    onDone: () => router.replace(`/${locale}/office/members/${survivor.id}`),
  });
  return (
    <div className="grid justify-items-end gap-3 max-sm:justify-items-stretch">
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button size="lg" busy={isPending}>
            <Merge aria-hidden="true" />
            {t("confirm")}
          </Button>
        </AlertDialogTrigger>
        <AlertDialogContent
          title={t("confirmTitle")}
          description={t("confirmText", { goes: loser.name, stays: survivor.name })}
          footer={
            <>
              <AlertDialogCancel asChild>
                <Button variant="secondary">{common("cancel")}</Button>
              </AlertDialogCancel>
              <AlertDialogAction asChild>
                <Button onClick={() => run({ survivorId: survivor.id, loserId: loser.id })}>
                  {t("confirm")}
                </Button>
              </AlertDialogAction>
            </>
          }
        />
      </AlertDialog>
      <FailureNotice failure={failure} />
    </div>
  );
}
