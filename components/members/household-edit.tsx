"use client";
import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { formText } from "@/components/office/form-text";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { editHousehold } from "@/lib/members/actions";

type One = { id: bigint; name: string; isPayer: boolean };

/** Names a household anew and says who pays. */
export function HouseholdEdit({
  memberId,
  name,
  members,
}: {
  memberId: bigint;
  name: string;
  members: readonly One[];
}) {
  const t = useTranslations("people.household");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure } = useAct(editHousehold, {
    said: t("saved"),
    onDone: () => setOpen(false),
  });
  const save = (form: FormData) => {
    const payer = formText(form, "payer");
    run({ memberId, name: formText(form, "name"), payerId: payer === "" ? null : BigInt(payer) });
  };
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" icon aria-label={t("edit")}>
          <Pencil aria-hidden="true" />
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("editTitle")}
        footer={
          <Button type="submit" form="edit-household" busy={isPending}>
            {common("save")}
          </Button>
        }
      >
        <form
          id="edit-household"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(new FormData(event.currentTarget));
          }}
        >
          <Field label={t("name")}>
            <Input name="name" defaultValue={name} required maxLength={60} autoComplete="off" />
          </Field>
          <Field label={t("payer")}>
            <Select name="payer" defaultValue={members.find(({ isPayer }) => isPayer)?.id.toString() ?? ""}>
              <option value="">{t("payerNone")}</option>
              {members.map((one) => (
                <option key={one.id.toString()} value={one.id.toString()}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
          <FailureNotice failure={failure} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
