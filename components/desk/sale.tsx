"use client";
import { Ban } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import type { DeskSale, Guest } from "@/lib/sales";
import type { Named } from "@/lib/sales/schema";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Keypad } from "../ui/keypad";
import { Notice } from "../ui/notice";
import { LeaveButton } from "./leave-button";
import { PayWays } from "./pay-ways";
import { PickedLines } from "./picked-lines";
import { SaleFields } from "./sale-fields";
import { SaleFoot } from "./sale-foot";
import { useDesk } from "./setting";
import { TroubleWayOut, useTroubleText } from "./trouble";
import { useOnce } from "./use-once";
import { type Brings, useQuote } from "./use-quote";
import { useSaleForm } from "./use-sale-form";
import type { Wire } from "./wire";

/** How much, with how many points, and confirm. `onHold`: nothing may be left while an answer is awaited. */
export function Sale({
  by,
  guest,
  brings,
  onGuest,
  onHold,
  onLeave,
  onSold,
}: {
  by: Named;
  guest: Wire<Guest>;
  brings: Brings;
  onGuest: (guest: Wire<Guest>) => void;
  onHold: (isHeld: boolean) => void;
  onLeave: () => void;
  onSold: (sale: Wire<DeskSale>) => void;
}) {
  const t = useTranslations("desk.sale");
  const common = useTranslations("common");
  const { separator, needsReceiptNumber } = useDesk();
  const form = useSaleForm(guest.maySpend);
  const [isTried, setTried] = useState(false);
  const { quote, trouble, isFresh, isPending, askAgain } = useQuote(by, form.bill, brings, onGuest);
  const sold = useCallback(
    (sale: Wire<DeskSale>, wasRepeated: boolean) =>
      onSold({ ...sale, replayed: sale.replayed && wasRepeated }),
    [onSold],
  );
  const { state, send, repeat, forgive, isHeld } = useOnce<DeskSale>("sales", sold);
  useEffect(() => onHold(isHeld), [isHeld, onHold]);

  const tooManyPoints =
    form.way === "custom" &&
    form.typedPoints.is === "amount" &&
    quote &&
    form.typedPoints.value > quote.most.points
      ? quote.most.points
      : null;
  const lacksReceipt = needsReceiptNumber && form.receipt.trim() === "";
  const offer = quote?.chosen;
  const isReady = isFresh && offer !== undefined && tooManyPoints === null && !lacksReceipt;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (form.bill === null) document.getElementById("sale-total")?.focus();
    else if (lacksReceipt) document.getElementById("sale-receipt")?.focus();
    if (!isReady || state.is === "unsure") return;
    const { totalMinor, points, cashMinor } = offer;
    send({
      by,
      totalMinor,
      points,
      cashMinor,
      receiptNumber: form.receipt.trim() || null,
      lines: form.lines,
      ...brings,
    });
  };
  const touch = () => {
    forgive();
    setTried(false);
  };

  if (guest.isBlocked) return <Closed onLeave={onLeave} />;
  return (
    <form onSubmit={submit} onInput={touch} className="panel grid gap-4 p-4 md:p-5" aria-label={t("label")}>
      <fieldset disabled={isHeld} className="grid min-w-0 gap-4">
        <SaleFields form={form} isTried={isTried} lacksReceipt={lacksReceipt} />
        <PickedLines form={form} />
        <div className="grid min-w-0 gap-4 md:grid-cols-[minmax(0,16rem)_minmax(0,1fr)] md:gap-5">
          <Keypad
            onKey={(key) => {
              touch();
              form.onKey(key);
            }}
            separator={separator}
            backLabel={common("erase")}
            className="content-start max-md:hidden"
          />
          <PayWays form={form} guest={guest} quote={quote} isPending={isPending} tooMany={tooManyPoints} />
        </div>
      </fieldset>
      <SaleFoot
        state={state}
        offer={isFresh ? offer : undefined}
        isWaiting={isPending}
        onRepeat={repeat}
        notice={
          <>
            {trouble && tooManyPoints === null && !isHeld && (
              <QuoteTrouble trouble={trouble} onAgain={askAgain} onLeave={onLeave} />
            )}
            {state.is === "refused" && (
              <Notice
                tone="danger"
                live
                title={t("refused")}
                action={<TroubleWayOut trouble={state.trouble} />}
              >
                <Said trouble={state.trouble} />
              </Notice>
            )}
          </>
        }
        leave={
          <LeaveButton
            isUnsure={state.is === "unsure"}
            isSending={state.is === "sending"}
            onLeave={onLeave}
            onHold={onHold}
          />
        }
      />
    </form>
  );
}

/** For whom nothing can be recorded: only the way on. */
function Closed({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations("desk");
  return (
    <section className="panel p-4 md:p-5">
      <EmptyState
        icon={<Ban />}
        title={t("guest.blockedTitle")}
        action={
          <Button size="xl" onClick={onLeave}>
            {t("done.next")}
          </Button>
        }
      >
        {t("guest.blockedText")}
      </EmptyState>
    </section>
  );
}

function Said({ trouble }: { trouble: Parameters<ReturnType<typeof useTroubleText>>[0] }) {
  return useTroubleText()(trouble);
}

function QuoteTrouble({
  trouble,
  onAgain,
  onLeave,
}: {
  trouble: Parameters<ReturnType<typeof useTroubleText>>[0];
  onAgain: () => void;
  onLeave: () => void;
}) {
  const t = useTranslations("desk.sale");
  const common = useTranslations("common");
  const isLost = trouble.code === "no_connection" || trouble.code === "internal";
  const isGone = trouble.code === "code_unknown" || trouble.code === "not_found";
  const way = isLost
    ? { text: common("retry"), act: onAgain }
    : isGone
      ? { text: t("identifyAgain"), act: onLeave }
      : null;
  return (
    <Notice
      tone="danger"
      live
      action={
        way ? (
          <button type="button" className="btn btn-secondary btn-lg" onClick={way.act}>
            {way.text}
          </button>
        ) : (
          <TroubleWayOut trouble={trouble} />
        )
      }
    >
      <Said trouble={trouble} />
    </Notice>
  );
}
