"use client";
import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { decideReferral } from "@/lib/referrals/actions";

/** Accepts or turns down one invitation, with a reason that stays with the decision. */
export function DecideDialog({ memberId, accept }: { memberId: bigint; accept: boolean }) {
  const t = useTranslations("referrals.review");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { run, isPending, failure, forget } = useAct(decideReferral, {
    said: accept ? t("accepted") : t("rejected"),
    onDone: () => setOpen(false),
  });
  const reset = (open: boolean) => {
    setOpen(open);
    setReason("");
    forget();
  };
  const Icon = accept ? Check : X;
  return (
    <Dialog open={isOpen} onOpenChange={reset}>
      <DialogTrigger asChild>
        <Button variant="secondary" size="sm">
          <Icon aria-hidden="true" />
          {accept ? t("accept") : t("reject")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={accept ? t("acceptTitle") : t("rejectTitle")}
        description={accept ? t("acceptText") : t("rejectText")}
        footer={
          <>
            <Button variant="secondary" onClick={() => reset(false)}>
              {common("cancel")}
            </Button>
            <Button
              busy={isPending}
              disabled={reason.trim() === ""}
              variant={accept ? "primary" : "danger"}
              onClick={() => run({ memberId, accept, reason })}
            >
              {accept ? t("accept") : t("reject")}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <Field label={t("reason")} hint={t("reasonHint")}>
            <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={300} />
          </Field>
          <FailureNotice failure={failure} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
