"use client";
import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { saveMember } from "@/lib/members/actions";
import { GENDERS } from "@/lib/members/model";
import { FailureNotice, useFieldError } from "./failure-notice";
import { formText } from "./form-text";
import type { EditedMember } from "./member-actions";
import { useAct } from "./use-act";

/** Who a member is, corrected by the staff. */
export function EditMemberDialog({ member }: { member: EditedMember }) {
  const t = useTranslations("office.edit");
  const facts = useTranslations("office.member.facts");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure, forget } = useAct(saveMember, {
    said: t("done"),
    onDone: () => setOpen(false),
  });
  const errorOf = useFieldError(failure);
  const save = (form: FormData) => {
    const text = (name: string) => formText(form, name) || null;
    run({
      memberId: member.id,
      name: text("name"),
      phone: text("phone"),
      email: text("email"),
      birthDate: text("birthDate"),
      gender: GENDERS.find((one) => one === form.get("gender")) ?? null,
      note: text("note"),
    });
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="secondary">
          <Pencil aria-hidden="true" />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("title")}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button type="submit" form="edit-member" busy={isPending}>
              {common("save")}
            </Button>
          </>
        }
      >
        <form
          id="edit-member"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(new FormData(event.currentTarget));
          }}
        >
          <Field label={t("name")} error={errorOf("name")}>
            <Input name="name" defaultValue={member.name ?? ""} maxLength={120} autoComplete="off" />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={facts("phone")} error={errorOf("phone")}>
              <Input
                name="phone"
                type="tel"
                defaultValue={member.phone ?? ""}
                maxLength={30}
                autoComplete="off"
              />
            </Field>
            <Field label={facts("email")} error={errorOf("email")}>
              <Input
                name="email"
                type="email"
                defaultValue={member.email ?? ""}
                maxLength={200}
                autoComplete="off"
              />
            </Field>
            <Field label={facts("birthday")} error={errorOf("birthDate")}>
              <Input name="birthDate" type="date" defaultValue={member.birthDate ?? ""} min="1900-01-01" />
            </Field>
            <Field label={facts("gender")}>
              <Select name="gender" defaultValue={member.gender ?? ""}>
                <option value="">{facts("unknown")}</option>
                {GENDERS.map((gender) => (
                  <option key={gender} value={gender}>
                    {facts(gender)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <Field label={facts("note")} hint={t("noteHint")}>
            <Textarea name="note" defaultValue={member.note ?? ""} maxLength={2000} rows={3} />
          </Field>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
