"use client";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { createApiKey } from "@/lib/access/actions";
import { FailureNotice, useFieldError } from "./failure-notice";
import { formText } from "./form-text";
import { useAct } from "./use-act";

/** Makes a key for a till and shows it once. */
export function NewKey() {
  const t = useTranslations("office.integrations.new");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const { run, isPending, failure, forget } = useAct(createApiKey, { onDone: ({ key }) => setMade(key) });
  const errorOf = useFieldError(failure);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setMade(null);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button>
          <KeyRound aria-hidden="true" />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={made === null ? t("title") : t("madeTitle")}
        // The key is gone for good when this closes: a slip of the finger must not close it.
        onInteractOutside={(event) => made !== null && event.preventDefault()}
        footer={
          made === null ? (
            <>
              <Button variant="secondary" onClick={() => setOpen(false)}>
                {common("cancel")}
              </Button>
              <Button type="submit" form="new-key" busy={isPending}>
                {t("do")}
              </Button>
            </>
          ) : (
            <Button onClick={() => setOpen(false)}>{t("kept")}</Button>
          )
        }
      >
        {made === null ? (
          <form
            id="new-key"
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              run({ name: formText(new FormData(event.currentTarget), "name") });
            }}
          >
            <Field label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
              <Input name="name" maxLength={60} autoComplete="off" required />
            </Field>
            <FailureNotice failure={failure} />
          </form>
        ) : (
          <div className="grid gap-4">
            <Notice tone="warning">{t("once")}</Notice>
            <div className="flex items-center gap-2 rounded-md bg-sunken py-1.5 pr-1.5 pl-3">
              <code className="min-w-0 flex-1 text-sm wrap-anywhere" data-testid="new-key">
                {made}
              </code>
              <CopyButton text={made} label={common("copy")} copiedLabel={common("copied")} size="sm" />
            </div>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
