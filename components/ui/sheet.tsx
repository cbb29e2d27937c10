"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { scrim } from "./overlay";

/** A panel that slides in from a side: details beside a list, or navigation on a phone. */
export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

const SIDES = {
  left: "inset-y-0 left-0 w-[min(20rem,86vw)] data-[state=open]:slide-in-from-left data-[state=closed]:slide-out-to-left",
  right:
    "inset-y-0 right-0 w-[min(30rem,100vw)] data-[state=open]:slide-in-from-right data-[state=closed]:slide-out-to-right",
} as const;

export function SheetContent({
  title,
  side = "right",
  className,
  children,
}: {
  title: ReactNode;
  side?: keyof typeof SIDES;
  className?: string;
  children: ReactNode;
}) {
  const t = useTranslations("common");
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrim} />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          "fixed z-50 flex flex-col bg-raised shadow-lift outline-none data-[state=open]:animate-in data-[state=closed]:animate-out duration-250 ease-out-soft",
          SIDES[side],
          className,
        )}
      >
        <div className="flex min-h-16 items-center justify-between gap-4 px-5">
          <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
          <Radix.Close aria-label={t("close")} className="btn btn-ghost btn-icon -mr-2">
            <X aria-hidden="true" />
          </Radix.Close>
        </div>
        <div className="flex-1 overflow-y-auto px-5 pb-6">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}
