"use client";
import { BellRing } from "lucide-react";
import { useEffect, useState, useTransition } from "react";
import { unanswered } from "@/components/card/answer";
import { Button } from "@/components/ui/button";
import { pushKey, switchPushOff, switchPushOn } from "./actions";
import { type PushState, pushState, subscribe, unsubscribe } from "./browser-push";

export type PushTexts = Readonly<
  Record<"title" | "text" | "on" | "off" | "isOn" | "denied" | "unsupported" | "later" | "failed", string>
>;
const DISMISSED = "kolo.push.dismissed";

/**
 * Switches notifications on for this browser. `asHint`: shown only while they are off and nobody said "not now"; else it is
 * always there and says how things stand.
 */
export function PushSwitch({
  slug,
  texts,
  asHint = false,
}: {
  slug: string;
  texts: PushTexts;
  asHint?: boolean;
}) {
  const [state, setState] = useState<PushState>();
  const [isHidden, setHidden] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, start] = useTransition();
  useEffect(() => {
    const look = async () => {
      const found = await pushState().catch(() => "unsupported" as const);
      setHidden(asHint && localStorage.getItem(DISMISSED) !== null);
      setState(found);
    };
    void look();
  }, [asHint]);
  const act = (work: () => Promise<boolean>) =>
    start(async () => {
      const isDone = await work().catch(() => false);
      setFailed(!isDone);
      setState(await pushState().catch(() => "unsupported" as const));
    });
  if (state === undefined || isHidden || (asHint && state !== "off")) return null;
  return (
    <section aria-labelledby="push" className="panel flex items-start gap-3.5 rounded-lg p-4">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand"
      >
        <BellRing className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1">
        <h2 id="push" className="font-medium">
          {texts.title}
        </h2>
        <p className="text-sm text-muted" aria-live="polite">
          {{ unsupported: texts.unsupported, denied: texts.denied, off: texts.text, on: texts.isOn }[state]}
        </p>
        {(state === "off" || state === "on") && (
          <div className="mt-3 flex flex-wrap gap-2">
            {state === "off" ? (
              <Button size="sm" busy={isBusy} onClick={() => act(() => switchOn(slug))}>
                {texts.on}
              </Button>
            ) : (
              <Button size="sm" variant="secondary" busy={isBusy} onClick={() => act(() => switchOff(slug))}>
                {texts.off}
              </Button>
            )}
            {asHint && (
              <Button
                size="sm"
                variant="ghost"
                onClick={() => {
                  localStorage.setItem(DISMISSED, "1");
                  setHidden(true);
                }}
              >
                {texts.later}
              </Button>
            )}
          </div>
        )}
        <p role="alert" className="text-sm text-danger">
          {hasFailed ? texts.failed : ""}
        </p>
      </div>
    </section>
  );
}

async function switchOn(slug: string): Promise<boolean> {
  const key = await pushKey(null, { slug }).catch(unanswered);
  if (!key.ok) return false;
  const made = await subscribe(key.value.key);
  if (!made) return true; // the person said no, which is an answer
  const { endpoint = "", keys = {} } = made;
  const userAgent = navigator.userAgent.slice(0, 300);
  const browser = { slug, endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "", userAgent };
  const result = await switchPushOn(null, browser).catch(unanswered);
  // What the server does not know of would stay silent for ever.
  if (!result.ok) await unsubscribe();
  return result.ok;
}

async function switchOff(slug: string): Promise<boolean> {
  const endpoint = await unsubscribe();
  if (endpoint === undefined) return true;
  return (await switchPushOff(null, { slug, endpoint }).catch(unanswered)).ok;
}
