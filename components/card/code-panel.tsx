"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CodeDisplay } from "@/components/ui/code-display";
import { useWakeLock } from "./wake-lock";

export type CodeTexts = {
  title: string;
  code: string;
  until: string;
  enlarge: string;
  close: string;
  show: string;
  expired: string;
};

/**
 * The code and its QR on white, and the same as large as the screen for the cashier: that view keeps the screen awake.
 * A code past its time is not shown: away from the network no new one can come.
 */
export function CodePanel({
  code,
  expiresAt,
  qr,
  business,
  texts,
}: {
  code: string;
  expiresAt: string;
  qr: ReactNode;
  business: string;
  texts: CodeTexts;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isOver = useIsOver(expiresAt);
  useWakeLock(isOpen);

  const open = () => {
    dialog.current?.showModal();
    setOpen(true);
  };
  if (isOver)
    return (
      <p role="status" className="m-2 rounded-xl bg-white px-5 py-8 text-center text-sm text-black">
        {texts.expired}
      </p>
    );
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        className="m-2 mt-0 flex items-center gap-4 rounded-xl bg-white p-3 text-left text-black transition-transform active:scale-[0.99]"
      >
        <span className="block w-[7.5rem] shrink-0">{qr}</span>
        <span className="min-w-0 flex-1">
          <span className="block text-sm leading-5">{texts.title}</span>
          <CodeDisplay
            as="span"
            code={code}
            label={texts.code}
            className="mt-1.5 block text-[1.75rem] leading-9"
          />
          <span className="mt-1 block text-sm leading-5 opacity-70">{texts.until}</span>
          <span className="mt-1.5 block text-sm leading-5 font-semibold underline underline-offset-4">
            {texts.enlarge}
          </span>
        </span>
      </button>
      <dialog
        ref={dialog}
        aria-label={texts.show}
        onClose={() => setOpen(false)}
        onClick={() => dialog.current?.close()}
        className="m-0 h-dvh max-h-none w-dvw max-w-none bg-white text-black backdrop:bg-white"
      >
        {isOpen && (
          <div className="mx-auto flex h-full max-w-lg flex-col items-center justify-center gap-[3vh] p-6 text-center">
            <p className="line-clamp-2 text-xl font-semibold wrap-anywhere">{business}</p>
            <div className="w-full max-w-[min(82vw,46vh)]">{qr}</div>
            <CodeDisplay
              code={code}
              label={texts.code}
              className="text-[clamp(3rem,15vw,5rem)] leading-none"
            />
            <p>{texts.until}</p>
            <button type="button" className="btn btn-lg border-black/40 text-black" autoFocus>
              {texts.close}
            </button>
          </div>
        )}
      </dialog>
    </>
  );
}

/** Whether a moment has passed, by the device's clock. */
function useIsOver(expiresAt: string): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const look = () => setOver(Date.now() >= Date.parse(expiresAt));
    look();
    const timer = setInterval(look, 5_000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [expiresAt]);
  return isOver;
}
