"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Offer } from "@/lib/sales";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useDesk } from "./setting";
import type { useOnce } from "./use-once";
import type { Wire } from "./wire";

/** The two big buttons, and what to do when no answer came. Stays in sight on a phone. */
export function SaleFoot({
  state,
  offer,
  isWaiting,
  onRepeat,
  notice,
  leave,
}: {
  state: ReturnType<typeof useOnce>["state"];
  offer: Wire<Offer> | undefined;
  isWaiting: boolean;
  onRepeat: () => void;
  /** Why it cannot be confirmed, or was not. */
  notice: ReactNode;
  leave: ReactNode;
}) {
  const t = useTranslations("desk.sale");
  const { format } = useDesk();
  const isRepeating = state.is === "sending" && state.isRepeat;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 -mb-4 grid gap-3 rounded-b-xl border-t bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] md:-mx-5 md:-mb-5 md:px-5">
      {(state.is === "unsure" || isRepeating) && (
        <Notice tone="danger" live title={t("unsureTitle")}>
          {t("unsureText")}
        </Notice>
      )}
      {notice}
      <p role="status" className="sr-only">
        {offer && t("summary", { cash: format.money(offer.cashMinor), earned: format.points(offer.earned) })}
      </p>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
        {leave}
        {state.is === "unsure" || isRepeating ? (
          <Button size="xl" busy={isRepeating} onClick={onRepeat}>
            {t("repeat")}
          </Button>
        ) : (
          <Button
            type="submit"
            size="xl"
            busy={state.is === "sending"}
            disabled={isWaiting}
            className="min-w-0 tabular-nums max-sm:px-3 max-sm:text-lg"
          >
            <span className="min-w-0 break-words">
              {offer ? t("confirm", { cash: format.money(offer.cashMinor) }) : t("confirmEmpty")}
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}
