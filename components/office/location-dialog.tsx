"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Location } from "@/lib/access";
import { addLocation, renameLocation } from "@/lib/access/actions";
import { FailureNotice, useFieldError } from "./failure-notice";
import { formText } from "./form-text";
import { useAct } from "./use-act";

/** A branch's name and address: a new one, or one that is there. */
export function LocationDialog({ location, children }: { location?: Location; children?: ReactNode }) {
  const t = useTranslations("office.team.place");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const done = { said: t("done"), onDone: () => setOpen(false) };
  const adding = useAct(addLocation, done);
  const renaming = useAct(renameLocation, done);
  const { failure, isPending, forget } = location ? renaming : adding;
  const errorOf = useFieldError(failure);
  const formId = `location-${location?.id.toString() ?? "new"}`;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        forget();
      }}
    >
      <DialogTrigger asChild>
        {children ?? (
          <Button variant="secondary" size="sm">
            <Plus aria-hidden="true" />
            {t("add")}
          </Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={location ? t("rename") : t("addTitle")}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button type="submit" form={formId} busy={isPending}>
              {common("save")}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const fields = { name: formText(form, "name"), address: formText(form, "address") };
            if (location) renaming.run({ id: location.id, ...fields });
            else adding.run(fields);
          }}
        >
          <Field label={t("name")} error={errorOf("name")}>
            <Input
              name="name"
              defaultValue={location?.name ?? ""}
              maxLength={100}
              autoComplete="off"
              required
            />
          </Field>
          <Field label={t("address")} optional={common("optional")} error={errorOf("address")}>
            <Input name="address" defaultValue={location?.address ?? ""} maxLength={200} autoComplete="off" />
          </Field>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
