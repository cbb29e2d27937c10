"use client";
import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
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
import { undoMerge } from "@/lib/members/actions";

/** Takes a merge back after a question; says why when it can not be. */
export function UndoMerge({ mergeId }: { mergeId: bigint }) {
  const t = useTranslations("people.past");
  const common = useTranslations("common");
  const { run, isPending, failure } = useAct(undoMerge, { said: t("undoDone") });
  return (
    <>
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button size="sm" variant="secondary" busy={isPending}>
            <Undo2 aria-hidden="true" />
            {t("undo")}
          </Button>
        </AlertDialogTrigger>
        <AlertDialogContent
          title={t("undoTitle")}
          description={t("undoText")}
          footer={
            <>
              <AlertDialogCancel asChild>
                <Button variant="secondary">{common("cancel")}</Button>
              </AlertDialogCancel>
              <AlertDialogAction asChild>
                <Button onClick={() => run({ mergeId })}>{t("undo")}</Button>
              </AlertDialogAction>
            </>
          }
        />
      </AlertDialog>
      <FailureNotice failure={failure} className="col-span-full" />
    </>
  );
}
