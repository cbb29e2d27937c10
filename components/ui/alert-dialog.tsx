"use client";
import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { scrim } from "./overlay";

/** A question that must be answered before going on; Escape and "cancel" mean no. */
export const AlertDialog = Radix.Root;
export const AlertDialogTrigger = Radix.Trigger;
/** Wrap a `Button` with `asChild`: the way back. */
export const AlertDialogCancel = Radix.Cancel;
/** Wrap a `Button` with `asChild`: the way on. */
export const AlertDialogAction = Radix.Action;

/** Say in `title` what will happen, in `description` what cannot be undone; `footer` holds cancel and action. */
export function AlertDialogContent({
  title,
  description,
  footer,
  className,
  children,
}: {
  title: ReactNode;
  description: ReactNode;
  footer: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrim} />
      <Radix.Content
        className={cn(
          "fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl bg-raised p-6 shadow-lift outline-none",
          "data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-200",
          className,
        )}
      >
        <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
        <Radix.Description className="mt-1.5 text-muted">{description}</Radix.Description>
        {children && <div className="mt-4">{children}</div>}
        <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:*:flex-1">{footer}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}
