"use client";
import { CheckCircle2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { confirmPurchase } from "@/lib/sales/actions";
import { FailureNotice } from "./failure-notice";
import { useAct } from "./use-act";

/** Says that a purchase's points wait for a confirmation, and confirms it. `points`: as text. */
export function ConfirmPurchase({ operationId, points }: { operationId: bigint; points: string }) {
  const t = useTranslations("tiers.operation");
  const { run, isPending, failure } = useAct(confirmPurchase, { said: t("confirmed") });
  return (
    <Notice tone="info" className="mb-6">
      <span className="flex flex-wrap items-center justify-between gap-3">
        {t("awaiting", { points })}
        <Button size="sm" busy={isPending} onClick={() => run({ operationId })}>
          <CheckCircle2 aria-hidden="true" />
          {t("confirm")}
        </Button>
      </span>
      <FailureNotice failure={failure} />
    </Notice>
  );
}
