"use client";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";

type Toast = { id: number; tone: "success" | "danger"; text: ReactNode };
type Show = (text: ReactNode, tone?: Toast["tone"]) => void;
const Shown = createContext<Show | null>(null);
/** More than this at once is noise: the oldest leaves. */
const TOASTS_MAX = 3;

/** Tells a person, from any client component of a shell, that something was done or failed. */
export function useToast(): Show {
  const show = useContext(Shown);
  if (!show) throw new Error("useToast needs a ToastProvider above it: the shells have one.");
  return show;
}

/** Holds the toasts of a shell. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const show = useCallback<Show>((text, tone = "success") => {
    last.current += 1;
    const toast = { id: last.current, tone, text };
    setToasts((before) => [...before, toast].slice(-TOASTS_MAX));
  }, []);
  const drop = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));
  const labels = useMemo(() => ({ close: t("close"), notifications: t("notifications") }), [t]);
  return (
    <Radix.Provider duration={5000} label={labels.notifications}>
      <Shown value={show}>{children}</Shown>
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          type={toast.tone === "danger" ? "foreground" : "background"}
          duration={toast.tone === "danger" ? 9000 : 5000}
          onOpenChange={(isOpen) => !isOpen && drop(toast.id)}
          className="flex items-center gap-3 rounded-lg bg-ink py-3 pr-2 pl-4 text-bg shadow-lift data-[state=open]:animate-in data-[state=open]:slide-in-from-bottom-4 data-[state=open]:fade-in-0"
        >
          {toast.tone === "danger" ? (
            <CircleAlert aria-hidden="true" className="size-5 shrink-0" />
          ) : (
            <CircleCheck aria-hidden="true" className="size-5 shrink-0" />
          )}
          <Radix.Description className="flex-1 text-[0.9375rem]">{toast.text}</Radix.Description>
          <Radix.Close
            aria-label={labels.close}
            className="grid size-8 place-items-center rounded-sm opacity-80 hover:opacity-100"
          >
            <X aria-hidden="true" className="size-4" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={`${labels.notifications} ({hotkey})`}
        className="fixed right-4 bottom-[max(1rem,env(safe-area-inset-bottom))] left-4 z-60 grid gap-2 outline-none sm:left-auto sm:w-96"
      />
    </Radix.Provider>
  );
}
