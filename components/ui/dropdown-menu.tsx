"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { floating } from "./overlay";

/** A list of actions behind a button. It does not lock the page under it: a press elsewhere closes it and counts. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

const item =
  "relative flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2.5 text-[0.9375rem] outline-none select-none data-highlighted:bg-sunken data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted";

export function DropdownMenuContent({
  className,
  sideOffset = 6,
  align = "end",
  onCloseAutoFocus = keepNewFocus,
  ...props
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        align={align}
        onCloseAutoFocus={onCloseAutoFocus}
        className={cn(floating, "min-w-48 p-1.5", className)}
        {...props}
      />
    </Radix.Portal>
  );
}

/** A closing menu fades for a moment; whoever went on meanwhile keeps the focus, or the panel they opened would close. */
function keepNewFocus(event: Event) {
  const now = document.activeElement;
  const menu = event.target instanceof Node ? event.target : null;
  if (now && now !== document.body && !menu?.contains(now)) event.preventDefault();
}

/** `danger`: takes something away. */
export function DropdownMenuItem({
  danger = false,
  className,
  ...props
}: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return (
    <Radix.Item className={cn(item, danger && "text-danger [&_svg]:text-danger", className)} {...props} />
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(item, "pr-9", className)} {...props}>
      {children}
      <Radix.ItemIndicator className="absolute right-2.5">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2.5 pt-2 pb-1 text-sm text-faint", className)} {...props} />;
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn("-mx-1.5 my-1.5 h-px bg-line", className)} {...props} />;
}
