"use client";
import { Ban } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { endCertificate } from "@/lib/program/actions";
import { ConfirmButton } from "../office/confirm-button";
import { useAct } from "../office/use-act";
import { useToast } from "../ui/toast";

/** Ends a certificate; what lies on it is given back in money. */
export function EndCertificate({ id, balance }: { id: bigint; balance: string }) {
  const t = useTranslations("rewards.certificate");
  const codes = useTranslations("codes");
  const toast = useToast();
  const { run, isPending, failure } = useAct(endCertificate, { said: t("ended") });
  useEffect(() => {
    if (failure) toast(codes(failure.code), "danger");
  }, [failure, toast, codes]);
  return (
    <ConfirmButton
      label={t("end")}
      icon={<Ban aria-hidden="true" />}
      title={t("endTitle")}
      text={t("endText", { balance })}
      act={t("end")}
      isPending={isPending}
      onConfirm={() => run({ id })}
    />
  );
}
