"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { DeskCode } from "@/lib/sales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { ask, newKey } from "./ask";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";
import type { BringsState } from "./use-brings";

/** One field for whatever code the guest shows: a thing they hold goes on the bill, a certificate pays, a promo code is used at once. */
export function CodeField({
  memberId,
  shown,
  brings,
  onUsed,
}: {
  memberId: number | null;
  /** Used without being typed. */
  shown: string | null;
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
  const send = async (given: string) => {
    if (given.trim() === "") return;
    setBusy(true);
    key.current ??= newKey();
    const answer = await ask<DeskCode>("code", { body: { memberId, code: given }, key: key.current });
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
    if (found.is === "entitlement") {
      brings.add(found.hold);
      setSaid({ isGood: true, text: t("heldFound", { name: found.hold.name }) });
      return onUsed();
    }
    const gained =
      found.reward === null
        ? t("promoPoints", { name: found.name, points: format.points(found.points) })
        : t("promoReward", { name: found.name, reward: found.reward });
    setSaid({ isGood: true, text: gained });
    onUsed();
  };
  const latest = useRef(send);
  const isShown = useRef(false);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    if (shown === null || isShown.current) return;
    isShown.current = true;
    void latest.current(shown);
  }, [shown]);
  return (
    <form
      className="grid gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void send(code);
      }}
    >
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
