"use client";
import { Gift } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { amountText } from "@/lib/platform/i18n/amount";
import { givePoints } from "@/lib/sales/actions";
import { FailureNotice } from "./failure-notice";
import { NumberField } from "./number-field";
import { useAct } from "./use-act";

/** Gives a member points, or writes some off, with a word why: the member reads it too. */
export function GiveDialog({ memberId, balance }: { memberId: bigint; balance: bigint }) {
  const t = useTranslations("office.give");
  const more = useTranslations("tiers.member");
  const form = useTranslations("tiers.form");
  const common = useTranslations("common");
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [way, setWay] = useState<"give" | "deduct">("give");
  const [amount, setAmount] = useState<bigint | null>(null);
  const [comment, setComment] = useState("");
  const [days, setDays] = useState<bigint | null | undefined>(null);
  const { run, isPending, failure, forget } = useAct(givePoints, {
    said: t("done"),
    onDone: () => setOpen(false),
  });
  const isTooMuch = way === "deduct" && amount !== null && amount > balance;
  const isFine = amount !== null && amount > 0n && !isTooMuch && comment.trim() !== "" && days !== undefined;
  const reset = (open: boolean) => {
    setOpen(open);
    setWay("give");
    setAmount(null);
    setComment("");
    setDays(null);
    forget();
  };
  return (
    <Dialog open={isOpen} onOpenChange={reset}>
      <DialogTrigger asChild>
        <Button>
          <Gift aria-hidden="true" />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("title")}
        description={t("balance", { points: amountText(balance, locale) })}
        footer={
          <>
            <Button variant="secondary" onClick={() => reset(false)}>
              {common("cancel")}
            </Button>
            <Button
              busy={isPending}
              disabled={!isFine}
              variant={way === "give" ? "primary" : "danger"}
              onClick={() =>
                amount !== null &&
                run({
                  memberId,
                  points: way === "give" ? amount : -amount,
                  comment,
                  days: way === "give" && days ? Number(days) : null,
                })
              }
            >
              {t(way)}
            </Button>
          </>
        }
      >
        <div className="grid gap-5">
          <Segmented
            name="way"
            legend={t("title")}
            value={way}
            onValueChange={setWay}
            options={[
              { value: "give", label: t("give") },
              { value: "deduct", label: t("deduct") },
            ]}
            size="lg"
          />
          <Field label={t("points")} error={isTooMuch ? t("tooMuch") : undefined}>
            <AmountInput locale={locale} onAmount={setAmount} size="lg" placeholder="0" />
          </Field>
          <Field label={t("comment")} hint={t("commentHint")}>
            <Input value={comment} onChange={(event) => setComment(event.target.value)} maxLength={200} />
          </Field>
          {way === "give" && (
            <NumberField
              label={more("pointsDays")}
              hint={more("pointsDaysHint")}
              error={form("daysError")}
              value={null}
              onValue={setDays}
              unit={form("daysUnit")}
              placeholder="–"
              whole
              min={1n}
              max={3_650n}
            />
          )}
          <FailureNotice failure={failure} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
