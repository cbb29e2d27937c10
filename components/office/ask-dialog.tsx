"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";
import { FailureNotice } from "./failure-notice";
import type { Failure } from "./use-act";

/** A small button that asks before something goes, and stays open to say where it is still used. */
export function AskDialog({
  label,
  icon,
  title,
  text,
  act,
  isDanger = false,
  isPending,
  failure,
  onOpen,
  onConfirm,
}: {
  label: string;
  icon: ReactNode;
  title: string;
  text: string;
  act: string;
  isDanger?: boolean;
  isPending: boolean;
  failure: Failure | null;
  onOpen: () => void;
  onConfirm: () => void;
}) {
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (open) onOpen();
        setOpen(open);
      }}
    >
      <DialogTrigger asChild>
        <IconButton label={label}>{icon}</IconButton>
      </DialogTrigger>
      <DialogContent
        title={title}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common(failure ? "close" : "cancel")}
            </Button>
            {!failure && (
              <Button variant={isDanger ? "danger" : "primary"} busy={isPending} onClick={onConfirm}>
                {act}
              </Button>
            )}
          </>
        }
      >
        <p className="text-muted">{text}</p>
        <FailureNotice failure={failure} className="mt-4" />
      </DialogContent>
    </Dialog>
  );
}
