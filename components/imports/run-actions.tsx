"use client";
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
import { dropImport, postImport, stopImport, undoImport } from "@/lib/integrations/actions";
import type { State } from "@/lib/integrations/model";

/** What can be done with an import as it stands. */
export function RunActions({ id, state, isBlocked }: { id: string; state: State; isBlocked: boolean }) {
  const t = useTranslations("imports");
  const router = useRouter();
  const locale = useLocale();
  const stop = useAct(stopImport);
  const resume = useAct(postImport);
  const undo = useAct(undoImport);
  const drop = useAct(dropImport, { onDone: () => router.push(`/${locale}/office/imports`) });
  const input = { importId: id };
  return (
    <>
      <FailureNotice failure={stop.failure ?? resume.failure ?? undo.failure ?? drop.failure} />
      {(state === "checking" || state === "posting") && (
        <Button variant="secondary" busy={stop.isPending} onClick={() => stop.run(input)}>
          {t("busy.stop")}
        </Button>
      )}
      {state === "stopped" && (
        <Button busy={resume.isPending} onClick={() => resume.run(input)}>
          {t("act.resume")}
        </Button>
      )}
      {(state === "done" || state === "stopped") && (
        <Asked
          name={isBlocked ? "rest" : "undo"}
          isPending={undo.isPending}
          onConfirm={() => undo.run({ ...input, leaves: isBlocked })}
        />
      )}
      {(state === "uploading" || state === "mapping" || state === "failed" || state === "checked") && (
        <Asked name="drop" isPending={drop.isPending} onConfirm={() => drop.run(input)} />
      )}
    </>
  );
}

/** An act that is asked about once more. */
function Asked({
  name,
  isPending,
  onConfirm,
}: {
  name: "undo" | "rest" | "drop";
  isPending: boolean;
  onConfirm: () => void;
}) {
  const t = useTranslations("imports.act");
  const common = useTranslations("common");
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="secondary" busy={isPending}>
          {t(name)}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={t(`${name}Title`)}
        description={t(`${name}Text`)}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button variant="secondary">{common("cancel")}</Button>
            </AlertDialogCancel>
            <AlertDialogAction asChild>
              <Button variant="danger" onClick={onConfirm}>
                {t(name)}
              </Button>
            </AlertDialogAction>
          </>
        }
      />
    </AlertDialog>
  );
}
