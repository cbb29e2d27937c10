"use client";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { eraseMember } from "@/lib/members/actions";

/** Erases a member once a word was typed; nothing brings them back. */
export function EraseButton({ memberId, name, points }: { memberId: bigint; name: string; points: string }) {
  const t = useTranslations("people.data");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const word = t("eraseWord");
  const { run, isPending, failure, forget } = useAct(eraseMember, {
    said: t("eraseDone"),
    onDone: () => router.replace(`/${locale}/office/members`),
  });
  const isSure = typed.trim().toLocaleLowerCase(locale) === word.toLocaleLowerCase(locale);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setTyped("");
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="ghost" className="justify-self-start text-danger">
          <Trash2 aria-hidden="true" />
          {t("erase")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("eraseTitle", { name })}
        description={t("eraseText", { points })}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button variant="danger" type="submit" form="erase-member" disabled={!isSure} busy={isPending}>
              {t("erase")}
            </Button>
          </>
        }
      >
        <form
          id="erase-member"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isSure) run({ memberId });
          }}
        >
          <Field label={t("eraseType", { word })}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              maxLength={20}
            />
          </Field>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
