"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/office/confirm-button";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { hrefOf } from "@/components/shell/nav-item";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { cancelChange, undoChange } from "@/lib/program/actions";

/** Takes a scheduled change back. */
export function CancelChange({ version }: { version: number }) {
  const t = useTranslations("rules.versions");
  const { run, isPending, failure } = useAct(cancelChange, { said: t("cancelled") });
  return (
    <div className="grid justify-items-end gap-2">
      <ConfirmButton
        label={t("cancel", { version })}
        icon={<X aria-hidden="true" />}
        title={t("cancelTitle")}
        text={t("cancelText")}
        act={t("cancelDo")}
        isPending={isPending}
        onConfirm={() => run({ version })}
      />
      <FailureNotice failure={failure} />
    </div>
  );
}

/** Puts an older version in force again, after one more question. */
export function UndoChange({ basedOn, version }: { basedOn: number; version: number }) {
  const t = useTranslations("rules.versions");
  const common = useTranslations("common");
  const router = useRouter();
  const locale = useLocale();
  const { run, isPending, failure } = useAct(undoChange, {
    said: t("undone"),
    onDone: () => router.push(hrefOf(`/${locale}/office/programme/versions`)),
  });
  return (
    <div className="grid gap-3">
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button size="lg" busy={isPending}>
            {t("undo", { version })}
          </Button>
        </AlertDialogTrigger>
        <AlertDialogContent
          title={t("undoTitle", { version })}
          description={t("undoText")}
          footer={
            <>
              <AlertDialogCancel asChild>
                <Button variant="secondary">{common("cancel")}</Button>
              </AlertDialogCancel>
              <AlertDialogAction asChild>
                <Button onClick={() => run({ basedOn, version })}>{t("undoDo")}</Button>
              </AlertDialogAction>
            </>
          }
        />
      </AlertDialog>
      <FailureNotice failure={failure} />
    </div>
  );
}
