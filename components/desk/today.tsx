"use client";
import { Receipt } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Operation } from "@/lib/sales";
import { Badge } from "../ui/badge";
import { EmptyState } from "../ui/empty-state";
import { Notice } from "../ui/notice";
import { OperationDialog } from "./operation-dialog";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";
import type { TodayList } from "./use-today";
import type { Wire } from "./wire";

/** What happened today, newest first; each opens, and purchases can be refunded there. */
export function Today({ list }: { list: TodayList }) {
  const t = useTranslations("desk.today");
  const say = useTroubleText();
  const [openId, setOpenId] = useState<number | null>(null);
  const opened = list.operations.find(({ id }) => id === openId);
  return (
    <section aria-labelledby="today" className="panel min-w-0 p-2 lg:sticky lg:top-4">
      <h2 id="today" className="px-3 pt-2 pb-2 text-lg font-semibold tracking-tight">
        {t("title")}
      </h2>
      {list.trouble && (
        <Notice tone="warning" live className="mx-1 mb-2">
          {say(list.trouble)}
        </Notice>
      )}
      {list.operations.length === 0 ? (
        <EmptyState icon={<Receipt />} title={t("empty")} className="py-8">
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ul className="grid grid-cols-1 gap-0.5 lg:max-h-[calc(100dvh-11rem)] lg:overflow-y-auto">
          {list.operations.map((operation) => (
            <li key={operation.id}>
              <Row operation={operation} onOpen={() => setOpenId(operation.id)} />
            </li>
          ))}
        </ul>
      )}
      {opened && (
        <OperationDialog operation={opened} onClose={() => setOpenId(null)} onChanged={list.refresh} />
      )}
    </section>
  );
}

function Row({ operation, onOpen }: { operation: Wire<Operation>; onOpen: () => void }) {
  const t = useTranslations("desk.today");
  const { format } = useDesk();
  const isRefund = operation.kind === "refund";
  const { state, refundedMinor } = operation;
  const moved = isRefund
    ? operation.pointsSpent - operation.pointsEarned
    : operation.pointsEarned - operation.pointsSpent;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      className="flex min-h-14 w-full items-center gap-3 rounded-lg px-3 py-1.5 text-left hover:bg-sunken"
    >
      <span className="w-11 shrink-0 text-sm text-muted tabular-nums">{format.time(operation.at)}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{operation.memberName ?? t("nameless")}</span>
        {isRefund ? (
          <Badge tone="warning">{t("refund")}</Badge>
        ) : state === "canceled" ? (
          <Badge>{t("canceled")}</Badge>
        ) : (
          refundedMinor > 0 && <Badge>{t("partly")}</Badge>
        )}
      </span>
      <span className="shrink-0 text-right tabular-nums">
        <span className={`block font-semibold ${state === "canceled" ? "text-muted line-through" : ""}`}>
          {isRefund && "−"}
          {format.money(operation.totalMinor)}
        </span>
        {moved !== 0 && (
          <span className="block text-sm text-muted">
            <span className="sr-only">{t("points")} </span>
            {format.signed(moved)}
          </span>
        )}
      </span>
    </button>
  );
}
