"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { DeskCode } from "@/lib/sales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { ask, newKey } from "./ask";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";
import type { BringsState } from "./use-brings";

/** One field for whatever code the guest shows: a certificate pays, a promo code is used at once. */
export function CodeField({
  memberId,
  brings,
  onUsed,
}: {
  memberId: number | null;
  brings: BringsState;
  onUsed: () => void;
}) {
  const t = useTranslations("rewards.desk");
  const say = useTroubleText();
  const { format } = useDesk();
  const [code, setCode] = useState("");
  const [said, setSaid] = useState<{ isGood: boolean; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const key = useRef<string>(undefined);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (code.trim() === "") return;
    setBusy(true);
    key.current ??= newKey();
    const answer = await ask<DeskCode>("code", { body: { memberId, code }, key: key.current });
    setBusy(false);
    if (!answer.ok) {
      if (answer.trouble.code !== "no_connection") key.current = undefined;
      return setSaid({ isGood: false, text: say(answer.trouble) });
    }
    key.current = undefined;
    setCode("");
    const found = answer.value;
    if (found.is === "certificate") {
      brings.setCertificate({ code: found.code, balanceMinor: found.balanceMinor });
      return setSaid({
        isGood: true,
        text: t("certificateFound", { amount: format.money(found.balanceMinor) }),
      });
    }
    const gained =
      found.reward === null
        ? t("promoPoints", { name: found.name, points: format.points(found.points) })
        : t("promoReward", { name: found.name, reward: found.reward });
    setSaid({ isGood: true, text: gained });
    onUsed();
  };
  return (
    <form className="grid gap-2 border-t pt-3" onSubmit={(event) => void send(event)}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
        <Field label={t("code")}>
          <Input
            size="lg"
            value={code}
            onChange={(event) => {
              setCode(event.target.value);
              setSaid(null);
            }}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            className="uppercase"
          />
        </Field>
        <Button type="submit" variant="secondary" size="lg" busy={isBusy}>
          {t("codeUse")}
        </Button>
      </div>
      <p role="status" className={`text-sm ${said?.isGood ? "text-success" : "text-danger"}`}>
        {said?.text}
      </p>
    </form>
  );
}
