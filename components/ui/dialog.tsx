"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { scrim } from "./overlay";

/** A window over the page for one short task. `DialogTrigger asChild` around a `Button` opens it. */
export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/** The window: always named by `title`; on a phone it stands on the lower edge. */
export function DialogContent({
  title,
  description,
  footer,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrim} />
      <Radix.Content
        {...(description === undefined && { "aria-describedby": undefined })}
        className={cn(
          "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col rounded-t-2xl bg-raised shadow-lift outline-none sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[min(32rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl",
          "data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-bottom-4 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-200",
          className,
        )}
        {...props}
      >
        <div className="flex items-start justify-between gap-4 px-6 pt-6">
          <div>
            <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
            {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
          </div>
          <CloseButton />
        </div>
        <div className="overflow-y-auto px-6 py-5">{children}</div>
        {footer && (
          <div className="flex flex-wrap justify-end gap-3 border-t px-6 py-4 max-sm:*:flex-1 max-sm:pb-[max(1rem,env(safe-area-inset-bottom))]">
            {footer}
          </div>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}

function CloseButton() {
  const t = useTranslations("common");
  return (
    <Radix.Close aria-label={t("close")} className="btn btn-ghost btn-icon btn-sm -mt-1 -mr-2">
      <X aria-hidden="true" />
    </Radix.Close>
  );
}
