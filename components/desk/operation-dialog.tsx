"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { DeskRefund, Operation } from "@/lib/sales";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { Because } from "./because";
import { ConfirmEarned } from "./confirm-earned";
import { RefundForm } from "./refund-form";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** One operation, whole: and the way to give it back. */
export function OperationDialog({
  operation,
  onClose,
  onChanged,
}: {
  operation: Wire<Operation>;
  onClose: () => void;
  onChanged: () => Promise<void>;
}) {
  const t = useTranslations("desk.operation");
  const { format } = useDesk();
  const [isRefunding, setRefunding] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const [done, setDone] = useState<Wire<DeskRefund> | null>(null);
  const left = operation.totalMinor - operation.refundedMinor;
  const isRefundable = operation.kind === "purchase" && operation.state === "normal" && left > 0;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !isHeld && onClose()}>
      <DialogContent
        title={t(operation.kind === "refund" ? "refundTitle" : "title", { time: format.time(operation.at) })}
        description={<span className="break-words">{operation.memberName ?? ""}</span>}
      >
        {done ? (
          <RefundDone refund={done} onClose={onClose} />
        ) : isRefunding ? (
          <RefundForm
            operation={operation}
            onHold={setHeld}
            onBack={() => setRefunding(false)}
            onDone={(refund) => {
              setHeld(false);
              setDone(refund);
              void onChanged();
            }}
          />
        ) : (
          <div className="grid gap-4">
            <Details operation={operation} />
            <Because because={operation.because} />
            {isRefundable && <ConfirmEarned operationId={operation.id} onDone={onChanged} />}
            {isRefundable && (
              <Button variant="secondary" size="xl" onClick={() => setRefunding(true)}>
                {t("refund")}
              </Button>
            )}
            {operation.kind === "purchase" && !isRefundable && (
              <Notice tone="info">{t("allRefunded")}</Notice>
            )}
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Details({ operation }: { operation: Wire<Operation> }) {
  const t = useTranslations("desk.operation");
  const { format } = useDesk();
  const isRefund = operation.kind === "refund";
  const who = [operation.staffName, operation.locationName].filter(Boolean).join(", ");
  return (
    <dl className="grid gap-2">
      <Line label={t("total")}>{format.money(operation.totalMinor)}</Line>
      {operation.discountMinor > 0 && (
        <Line label={t("discount")}>{format.money(operation.discountMinor)}</Line>
      )}
      <Line label={t(isRefund ? "cashBack" : "cash")}>{format.money(operation.cashMinor)}</Line>
      <Line label={t(isRefund ? "returned" : "spent")}>{format.points(operation.pointsSpent)}</Line>
      <Line label={t(isRefund ? "taken" : "earned")}>{format.points(operation.pointsEarned)}</Line>
      {operation.refundedMinor > 0 && (
        <Line label={t("refunded")}>{format.money(operation.refundedMinor)}</Line>
      )}
      {operation.receiptNumber && <Line label={t("receipt")}>{operation.receiptNumber}</Line>}
      {who && <Line label={t("by")}>{who}</Line>}
    </dl>
  );
}

/** One figure with its name. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="max-w-[65%] shrink-0 text-right font-medium break-words tabular-nums">{children}</dd>
    </div>
  );
}

function RefundDone({ refund, onClose }: { refund: Wire<DeskRefund>; onClose: () => void }) {
  const t = useTranslations("desk.operation");
  const { format } = useDesk();
  const { operation, guest } = refund;
  return (
    <div className="grid gap-4">
      <Notice tone="success" live title={t("doneTitle", { cash: format.money(operation.cashMinor) })}>
        {t("doneText", {
          returned: format.points(operation.pointsSpent),
          taken: format.points(operation.pointsEarned),
          balance: format.points(guest.available),
        })}
      </Notice>
      <Button size="xl" autoFocus onClick={onClose}>
        {t("close")}
      </Button>
    </div>
  );
}
