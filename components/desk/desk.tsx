"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Guest, Operation } from "@/lib/sales";
import type { Named } from "@/lib/sales/schema";
import { ask } from "./ask";
import { Done } from "./done";
import { GuestPanel } from "./guest-panel";
import { HoldingsPanel } from "./holdings";
import { Identify } from "./identify";
import { Sale } from "./sale";
import { DeskSetting, type Setting } from "./setting";
import { START, type Step } from "./step";
import { Today } from "./today";
import { useBrings } from "./use-brings";
import { useToday } from "./use-today";
import type { Wire } from "./wire";

/** The desk: who is it, how much, done; beside it what happened today. */
export function Desk({ setting, today }: { setting: Setting; today: readonly Wire<Operation>[] }) {
  return (
    <DeskSetting setting={setting}>
      <Steps today={today} />
    </DeskSetting>
  );
}

function Steps({ today }: { today: readonly Wire<Operation>[] }) {
  const [step, setStep] = useState<Step>(START);
  const [isHeld, setHeld] = useState(false);
  const list = useToday(today);
  const brings = useBrings();
  const { clear } = brings;
  const reset = useCallback(() => {
    clear(false);
    setStep(START);
  }, [clear]);
  const leave = useBackButton(step.at !== "identify", isHeld, reset);
  const meet = useCallback(
    (by: Named, guest: Wire<Guest>, shown: string | null) => setStep({ at: "sale", by, guest, shown }),
    [],
  );

  if (step.at === "identify")
    return (
      <Columns wide="main">
        <Identify onMet={meet} />
        <Today list={list} />
      </Columns>
    );
  if (step.at === "done")
    return (
      <Columns wide="main">
        <Done sale={step.sale} onNext={leave} />
        <Today list={list} />
      </Columns>
    );
  return (
    <Columns wide="last">
      <div className="grid min-w-0 gap-4">
        <GuestPanel guest={step.guest} />
        {!step.guest.isBlocked && (
          <HoldingsPanel
            memberId={step.guest.memberId}
            shown={step.shown}
            brings={brings}
            onChanged={() =>
              void ask<Guest>("guest", { body: { by: step.by } }).then(
                (answer) => answer.ok && setStep({ ...step, guest: answer.value }),
              )
            }
          />
        )}
      </div>
      <Sale
        by={step.by}
        guest={step.guest}
        brings={brings.brings}
        onGuest={(guest) => setStep({ ...step, guest })}
        onHold={setHeld}
        onLeave={leave}
        onSold={(sale) => {
          setHeld(false);
          clear(true);
          setStep({ at: "done", sale });
          void list.refresh();
        }}
      />
    </Columns>
  );
}

/** Two columns on a lying tablet, one under another elsewhere. */
function Columns({ wide, children }: { wide: "main" | "last"; children: React.ReactNode }) {
  const columns =
    wide === "main"
      ? "lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]"
      : "lg:grid-cols-[minmax(17rem,20rem)_minmax(0,1fr)]";
  return (
    <div
      className={`mx-auto grid w-full max-w-6xl flex-1 content-start items-start gap-4 md:gap-6 ${columns}`}
    >
      {children}
    </div>
  );
}

/** The browser's back button goes one step back instead of away from the desk; never out of an unsettled sale. */
function useBackButton(isAway: boolean, isHeld: boolean, reset: () => void): () => void {
  const held = useRef(isHeld);
  useEffect(() => {
    held.current = isHeld;
  }, [isHeld]);
  useEffect(() => {
    if (!isAway) return;
    window.history.pushState(null, "");
    const back = () => {
      if (held.current) window.history.pushState(null, "");
      else reset();
    };
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [isAway, reset]);
  // Leaving by a button takes the step out of the history too, so that "back" never repeats it.
  return useCallback(() => {
    window.history.back();
  }, []);
}
