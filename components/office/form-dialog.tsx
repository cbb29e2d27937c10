"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import type { ActionResult } from "@/lib/access";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";
import { FailureNotice, useFieldError } from "./failure-notice";
import { type Failure, useAct } from "./use-act";

/** What a window needs of the form in it. */
type FormState = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** How often it was opened: fields begin anew each time. */
  readonly opened: number;
  readonly isPending: boolean;
  readonly failure: Failure | null;
};

/**
 * The fields of a form in a window, and the act that saves them; `dialog` goes to the `FormDialog`.
 *
 * Shape: `make` gives the fields each time it opens, when what went wrong before is forgotten; it closes when it was saved.
 */
export function useFormDialog<Draft extends object, Input extends object, Value>(
  make: () => Draft,
  act: (previous: null, input: Input) => Promise<ActionResult<Value>>,
  { said, onDone }: { said: string; onDone?: (value: Value) => void },
) {
  const [draft, setDraft] = useState<Draft>(make);
  const [isOpen, setOpen] = useState(false);
  const [opened, setOpened] = useState(0);
  const { run, isPending, failure, forget } = useAct(act, {
    said,
    onDone: (value) => {
      setOpen(false);
      onDone?.(value);
    },
  });
  const set = <Key extends keyof Draft>(key: Key, value: Draft[Key]) =>
    setDraft((before) => ({ ...before, [key]: value }));
  const onOpenChange = (open: boolean) => {
    if (open) {
      setDraft(make());
      setOpened((count) => count + 1);
      forget();
    }
    setOpen(open);
  };
  const dialog: FormState = { isOpen, onOpenChange, opened, isPending, failure };
  return { draft, set, run, failure, errorOf: useFieldError(failure), dialog };
}

/** A window with a form and a save button. */
export function FormDialog({
  trigger,
  title,
  description,
  save,
  onSave,
  children,
  isOpen,
  onOpenChange,
  opened,
  isPending,
  failure,
}: FormState & {
  trigger: ReactNode;
  title: string;
  description?: string;
  /** The word on the button; left out, "Save". */
  save?: string;
  onSave: () => void;
  children: ReactNode;
}) {
  const common = useTranslations("common");
  const id = useId();
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
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
          <div key={opened} className="grid gap-4">
            {children}
          </div>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
