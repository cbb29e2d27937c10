"use client";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { addStaff } from "@/lib/access/actions";
import { ROLES, type Role } from "@/lib/access/model";
import { FailureNotice, useFieldError } from "./failure-notice";
import { formText } from "./form-text";
import { useAct } from "./use-act";

/** Adds somebody to the team; who has an address gets an invitation to sign in. */
export function AddStaffDialog({ locations }: { locations: readonly { id: bigint; name: string }[] }) {
  const t = useTranslations("office.team.add");
  const roles = useTranslations("office.role");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [role, setRole] = useState<Role>("cashier");
  const { run, isPending, failure, forget } = useAct(addStaff, {
    said: t("done"),
    onDone: () => setOpen(false),
  });
  const errorOf = useFieldError(failure);
  const save = (form: FormData) => {
    const text = (name: string) => formText(form, name);
    run({
      name: text("name"),
      email: text("email"),
      role,
      externalId: text("externalId"),
      locationId: text("locationId"),
    });
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setRole("cashier");
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button>
          <UserPlus aria-hidden="true" />
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
            <Button type="submit" form="add-staff" busy={isPending}>
              {t("do")}
            </Button>
          </>
        }
      >
        <form
          id="add-staff"
          className="grid gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save(new FormData(event.currentTarget));
          }}
        >
          <Field label={t("name")} error={errorOf("name")}>
            <Input name="name" maxLength={100} autoComplete="off" required />
          </Field>
          <Field label={t("role")} hint={roles(`${role}Text`)}>
            <Select
              value={role}
              onChange={(event) => setRole(ROLES.find((one) => one === event.target.value) ?? "cashier")}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {roles(one)}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={t("email")}
            hint={t("emailHint")}
            error={errorOf("email")}
            {...(role === "cashier" && { optional: common("optional") })}
          >
            <Input name="email" type="email" maxLength={254} autoComplete="off" />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("location")} optional={common("optional")}>
              <Select name="locationId" defaultValue="">
                <option value="">{t("anywhere")}</option>
                {locations.map(({ id, name }) => (
                  <option key={id.toString()} value={id.toString()}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field
              label={t("externalId")}
              hint={t("externalIdHint")}
              optional={common("optional")}
              error={errorOf("externalId")}
            >
              <Input name="externalId" maxLength={100} autoComplete="off" />
            </Field>
          </div>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
