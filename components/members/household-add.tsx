"use client";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { joinHousehold } from "@/lib/members/actions";
import { MemberPicker } from "./member-picker";

/** Brings another member into the household; the first one also names it. */
export function HouseholdAdd({
  memberId,
  isNew,
  except,
}: {
  memberId: bigint;
  isNew: boolean;
  except: readonly bigint[];
}) {
  const t = useTranslations("people.household");
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { run, isPending, failure, forget } = useAct(joinHousehold, {
    said: t("added"),
    onDone: () => setOpen(false),
  });
  const isReady = !isNew || name.trim() !== "";
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="secondary" size="sm" className="justify-self-start">
          <UserPlus aria-hidden="true" />
          {t("add")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("addTitle")} description={t("addText")}>
        <div className="grid grid-cols-1 gap-4">
          {isNew && (
            <Field label={t("name")} hint={t("nameHint")}>
              <Input
                value={name}
                onChange={(event) => setName(event.target.value)}
                maxLength={60}
                autoComplete="off"
              />
            </Field>
          )}
          <MemberPicker
            except={[memberId, ...except]}
            renderAct={({ id }) => (
              <Button
                size="sm"
                variant="secondary"
                disabled={!isReady}
                busy={isPending}
                onClick={() => run({ memberId, otherId: id, name: isNew ? name.trim() : null })}
              >
                {t("pick")}
              </Button>
            )}
          />
          <FailureNotice failure={failure} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
