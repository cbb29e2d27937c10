"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import type { DeskRefund, Operation } from "@/lib/sales";
import { refundShare } from "@/lib/sales/model";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Segmented } from "../ui/segmented";
import { readAmount } from "./amount";
import { Line } from "./operation-dialog";
import { useDesk } from "./setting";
import { TroubleWayOut, useTroubleText } from "./trouble";
import { useOnce } from "./use-once";
import type { Wire } from "./wire";

/** Whole or a part; shows what goes back before it does, by the rule the server will use. */
export function RefundForm({
  operation,
  onHold,
  onBack,
  onDone,
}: {
  operation: Wire<Operation>;
  onHold: (isHeld: boolean) => void;
  onBack: () => void;
  onDone: (refund: Wire<DeskRefund>) => void;
}) {
  const t = useTranslations("desk.operation");
  const sale = useTranslations("desk.sale");
  const say = useTroubleText();
  const { format } = useDesk();
  const [how, setHow] = useState<"whole" | "part">("whole");
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const { state, send, repeat, forgive, isHeld } = useOnce<DeskRefund>("refunds", onDone);
  useEffect(() => onHold(isHeld), [isHeld, onHold]);

  const left = operation.totalMinor - operation.refundedMinor;
  const typed = readAmount(text);
  const part = how === "whole" ? left : typed.is === "amount" && typed.value <= left ? typed.value : null;
  const error =
    typed.is === "wrong"
      ? sale(`amount.${typed.why}`)
      : typed.is === "amount" && typed.value > left
        ? t("tooMuch", { left: format.money(left) })
        : isTried && typed.is === "empty" && sale("amount.empty");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (part !== null) send({ operationId: operation.id, partMinor: part });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <fieldset disabled={isHeld} className="grid gap-4">
        <Segmented
          name="how"
          legend={t("how")}
          size="lg"
          className="w-full"
          value={how}
          onValueChange={(next) => {
            setHow(next);
            forgive();
          }}
          options={[
            { value: "whole", label: t(operation.refundedMinor > 0 ? "rest" : "whole") },
            { value: "part", label: t("part") },
          ]}
        />
        {how === "part" && (
          <Field
            label={t("partLabel")}
            hint={t("partHint", { left: format.money(left) })}
            error={error || undefined}
          >
            <Input
              size="xl"
              autoFocus
              autoComplete="off"
              inputMode="decimal"
              maxLength={16}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                forgive();
              }}
              className="tabular-nums"
            />
          </Field>
        )}
      </fieldset>
      <Preview operation={operation} part={part} />
      {state.is === "refused" && (
        <Notice tone="danger" live title={t("refused")} action={<TroubleWayOut trouble={state.trouble} />}>
          {say(state.trouble)}
        </Notice>
      )}
      {state.is === "unsure" && (
        <Notice tone="danger" live title={t("unsureTitle")}>
          {t("unsureText")}
        </Notice>
      )}
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
        <Button variant="secondary" size="xl" disabled={isHeld} onClick={onBack}>
          {t("back")}
        </Button>
        {state.is === "unsure" ? (
          <Button size="xl" onClick={repeat}>
            {sale("repeat")}
          </Button>
        ) : (
          <Button
            type="submit"
            variant="danger"
            size="xl"
            busy={state.is === "sending"}
            className="tabular-nums"
          >
            {part === null ? t("refund") : t("confirm", { total: format.money(part) })}
          </Button>
        )}
      </div>
    </form>
  );
}

function Preview({ operation, part }: { operation: Wire<Operation>; part: number | null }) {
  const t = useTranslations("desk.operation");
  const { format } = useDesk();
  if (part === null) return null;
  const share = refundShare(
    {
      totalMinor: BigInt(operation.totalMinor),
      discountMinor: BigInt(operation.discountMinor),
      certificateMinor: BigInt(operation.certificateMinor),
      pointsSpent: BigInt(operation.pointsSpent),
      pointsEarned: BigInt(operation.pointsEarned),
      refundedMinor: BigInt(operation.refundedMinor),
    },
    BigInt(part),
  );
  return (
    <dl className="grid gap-2 rounded-lg bg-sunken px-4 py-3" aria-live="polite">
      <Line label={t("cashBack")}>{format.money(Number(share.cashMinor))}</Line>
      <Line label={t("returned")}>{format.signed(Number(share.returned))}</Line>
      <Line label={t("taken")}>{format.signed(-Number(share.taken))}</Line>
    </dl>
  );
}
