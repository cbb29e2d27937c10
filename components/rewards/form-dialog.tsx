"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { FailureNotice } from "../office/failure-notice";
import type { Failure } from "../office/use-act";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";

/** A window with a form and a save button: opens fresh each time, closes when it was saved. */
export function FormDialog({
  trigger,
  title,
  description,
  save,
  isPending,
  failure,
  onOpen,
  onSave,
  isOpen,
  onOpenChange,
  children,
}: {
  trigger: ReactNode;
  title: string;
  description?: string;
  /** The word on the button; left out, "Save". */
  save?: string;
  isPending: boolean;
  failure: Failure | null;
  /** Puts the fields as they should be when it opens. */
  onOpen: () => void;
  onSave: () => void;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  const common = useTranslations("common");
  const id = useId();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (open) onOpen();
        onOpenChange(open);
      }}
    >
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={title}
        {...(description !== undefined && { description })}
        footer={
          <>
            <Button variant="secondary" onClick={() => onOpenChange(false)}>
              {common("cancel")}
            </Button>
            <Button type="submit" form={id} busy={isPending}>
              {save ?? common("save")}
            </Button>
          </>
        }
      >
        <form
          id={id}
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            onSave();
          }}
        >
          {children}
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** The fields of a form that opens and closes, with whether anything was typed that cannot be read. */
export function useDraft<Draft extends object>(make: () => Draft) {
  const [draft, setDraft] = useState<Draft>(make);
  const [isOpen, setOpen] = useState(false);
  const [opened, setOpened] = useState(0);
  const set = <Key extends keyof Draft>(key: Key, value: Draft[Key]) =>
    setDraft((before) => ({ ...before, [key]: value }));
  const restart = () => {
    setDraft(make());
    setOpened((count) => count + 1);
  };
  return { draft, set, isOpen, setOpen, restart, opened };
}
