"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/input";
import { addNote } from "@/lib/members/actions";
import { NOTE_LENGTH_MAX } from "@/lib/members/model";

/** A line that grows into a note; the button comes with the first letter. */
export function NoteForm({ memberId }: { memberId: bigint }) {
  const t = useTranslations("profile.notes");
  const [text, setText] = useState("");
  const { run, isPending, failure } = useAct(addNote, { said: t("added"), onDone: () => setText("") });
  const isWritten = text.trim() !== "";
  return (
    <form
      className="grid gap-2 px-5 py-3 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWritten) run({ memberId, text });
      }}
    >
      <Textarea
        aria-label={t("label")}
        placeholder={t("placeholder")}
        rows={isWritten ? 3 : 1}
        value={text}
        maxLength={NOTE_LENGTH_MAX}
        onChange={(event) => setText(event.target.value)}
      />
      {isWritten && (
        <div className="flex justify-end">
          <Button type="submit" size="sm" busy={isPending}>
            {t("add")}
          </Button>
        </div>
      )}
      <FailureNotice failure={failure} />
    </form>
  );
}
