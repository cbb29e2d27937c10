"use client";
import { CheckCircle2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { ask, type Trouble } from "./ask";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";

type Points = { points: bigint };

/** The way to confirm a purchase whose points wait for it; nothing where none do. */
export function ConfirmEarned({ operationId, onDone }: { operationId: number; onDone: () => Promise<void> }) {
  const t = useTranslations("tiers.desk");
  const say = useTroubleText();
  const { format } = useDesk();
  const [waiting, setWaiting] = useState(0);
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      const answer = await ask<Points>("awaiting", { body: { operationId }, signal: stop.signal });
      if (!stop.signal.aborted && answer.ok) setWaiting(answer.value.points);
    };
    void look();
    return () => stop.abort();
  }, [operationId]);

  const confirm = async () => {
    setState("busy");
    setTrouble(null);
    const answer = await ask<Points>("confirm", { body: { operationId } });
    setState(answer.ok ? "done" : "idle");
    if (answer.ok) await onDone();
    else setTrouble(answer.trouble);
  };
  if (state === "done")
    return (
      <Notice tone="success" live>
        {t("confirmed")}
      </Notice>
    );
  if (waiting === 0) return null;
  return (
    <>
      <Button size="xl" busy={state === "busy"} onClick={() => void confirm()}>
        <CheckCircle2 aria-hidden="true" />
        {t("confirm", { points: format.points(waiting) })}
      </Button>
      {trouble && (
        <Notice tone="danger" live>
          {say(trouble)}
        </Notice>
      )}
    </>
  );
}
