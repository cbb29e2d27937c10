"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";

/** A small button whose act is asked about once more. */
export function ConfirmButton({
  label,
  icon,
  title,
  text,
  act,
  isPending,
  onConfirm,
}: {
  label: string;
  icon: ReactNode;
  title: string;
  text: string;
  act: string;
  isPending: boolean;
  onConfirm: () => void;
}) {
  const common = useTranslations("common");
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="ghost" size="sm" icon aria-label={label} busy={isPending}>
          {icon}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={title}
        description={text}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button variant="secondary">{common("cancel")}</Button>
            </AlertDialogCancel>
            <AlertDialogAction asChild>
              <Button variant="danger" onClick={onConfirm}>
                {act}
              </Button>
            </AlertDialogAction>
          </>
        }
      />
    </AlertDialog>
  );
}
