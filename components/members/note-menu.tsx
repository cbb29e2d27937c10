"use client";
import { MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { formText } from "@/components/office/form-text";
import { useAct } from "@/components/office/use-act";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { deleteNote, editNote } from "@/lib/members/actions";
import { NOTE_LENGTH_MAX } from "@/lib/members/model";
import { TIMELINE_CHANGED } from "./timeline-more";

/** Changes or deletes a note. */
export function NoteMenu({
  memberId,
  id,
  text,
  mayEdit,
}: {
  memberId: bigint;
  id: bigint;
  text: string;
  mayEdit: boolean;
}) {
  const t = useTranslations("profile.notes");
  const common = useTranslations("common");
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpen(null);
  const onDone = () => {
    close();
    window.dispatchEvent(new Event(TIMELINE_CHANGED));
  };
  const editing = useAct(editNote, { said: t("edited"), onDone });
  const deleting = useAct(deleteNote, { said: t("deleted"), onDone });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" icon aria-label={t("menu")}>
            <MoreHorizontal aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {mayEdit && (
            <DropdownMenuItem onSelect={() => setOpen("edit")}>
              <Pencil aria-hidden="true" />
              {t("edit")}
            </DropdownMenuItem>
          )}
          <DropdownMenuItem danger onSelect={() => setOpen("delete")}>
            <Trash2 aria-hidden="true" />
            {t("delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={open === "edit"} onOpenChange={(isOpen) => !isOpen && close()}>
        <DialogContent
          title={t("editTitle")}
          footer={
            <>
              <Button variant="secondary" onClick={close}>
                {common("cancel")}
              </Button>
              <Button type="submit" form={`note-${id}`} busy={editing.isPending}>
                {common("save")}
              </Button>
            </>
          }
        >
          <form
            id={`note-${id}`}
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              editing.run({ memberId, id, text: formText(new FormData(event.currentTarget), "text") });
            }}
          >
            <Field label={t("label")}>
              <Textarea name="text" defaultValue={text} maxLength={NOTE_LENGTH_MAX} rows={5} required />
            </Field>
            <FailureNotice failure={editing.failure} />
          </form>
        </DialogContent>
      </Dialog>
      <AlertDialog open={open === "delete"} onOpenChange={(isOpen) => !isOpen && close()}>
        <AlertDialogContent
          title={t("deleteTitle")}
          description={t("deleteText")}
          footer={
            <>
              <AlertDialogCancel asChild>
                <Button variant="secondary">{common("cancel")}</Button>
              </AlertDialogCancel>
              <AlertDialogAction asChild>
                <Button variant="danger" onClick={() => deleting.run({ memberId, id })}>
                  {t("delete")}
                </Button>
              </AlertDialogAction>
            </>
          }
        />
      </AlertDialog>
    </>
  );
}
