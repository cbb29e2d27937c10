"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { takeVoucher } from "./actions";
import { unanswered } from "./answer";
import { type RefusedTexts, refusedText } from "./refused-text";

/** The one button of a receipt's points. `cardLink`: the way on, shown when they are taken. */
export function VoucherForm({
  slug,
  code,
  label,
  done,
  refused,
  cardLink,
}: {
  slug: string;
  code: string;
  label: string;
  done: string;
  refused: RefusedTexts;
  cardLink: React.ReactNode;
}) {
  const [answer, setAnswer] = useState<{ isTaken: boolean; text: string }>();
  const [isBusy, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await takeVoucher(null, { slug, code }).catch(unanswered);
      setAnswer(
        result.ok
          ? { isTaken: true, text: done }
          : { isTaken: false, text: refusedText(refused, result.code) },
      );
    });
  return (
    <div className="grid gap-4">
      <div role="status" className="text-center">
        {answer && (
          <p className={answer.isTaken ? "text-lg font-semibold text-success" : "text-danger"}>
            {answer.text}
          </p>
        )}
      </div>
      {answer?.isTaken ? (
        cardLink
      ) : (
        <Button size="xl" busy={isBusy} onClick={press}>
          {label}
        </Button>
      )}
    </div>
  );
}
