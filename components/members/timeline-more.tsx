"use client";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export type AskedMore = {
  readonly memberId: bigint;
  readonly kinds: readonly string[];
  readonly after: string;
  readonly dayBefore: string;
  /** Another one: what is shown of the pages after this one may be old. */
  readonly version: string;
};

/** Told to the window when something a later page shows was changed by hand. */
export const TIMELINE_CHANGED = "kolo:timeline";

export type LoadMore = (asked: AskedMore) => Promise<ReactNode>;

/** A button that becomes the next page of the timeline. */
export function TimelineMore({
  load,
  asked,
  texts,
}: {
  load: LoadMore;
  asked: AskedMore;
  texts: { more: string; failed: string };
}) {
  const [page, setPage] = useState<ReactNode>(null);
  const [isBroken, setBroken] = useState(false);
  const [isPending, start] = useTransition();
  const more = () => {
    setBroken(false);
    start(async () => {
      try {
        setPage(await load(asked));
      } catch {
        setBroken(true);
      }
    });
  };
  const isShown = page !== null;
  const again = useEffectEvent(more);
  // Something new above moves the place this page begins at: it is read anew, and what is open stays open.
  const state = `${asked.version} ${asked.after}`;
  const shownState = useRef(state);
  useEffect(() => {
    if (isShown && shownState.current !== state) again();
    shownState.current = state;
  }, [state, isShown]);
  useEffect(() => {
    if (!isShown) return undefined;
    const onChange = () => again();
    window.addEventListener(TIMELINE_CHANGED, onChange);
    return () => window.removeEventListener(TIMELINE_CHANGED, onChange);
  }, [isShown]);
  if (isShown) return page;
  return (
    <div className="grid justify-items-center gap-3 border-t px-5 py-4">
      {isBroken && (
        <Notice tone="danger" live>
          {texts.failed}
        </Notice>
      )}
      <Button variant="secondary" size="sm" busy={isPending} onClick={more}>
        {texts.more}
      </Button>
    </div>
  );
}
