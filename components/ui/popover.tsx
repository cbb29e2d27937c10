"use client";
import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { floating } from "./overlay";

/** A small panel beside the thing that opened it. Give the content an `aria-label`. */
export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverClose = Radix.Close;

export function PopoverContent({
  className,
  sideOffset = 8,
  ...props
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        collisionPadding={12}
        className={cn(floating, "w-80 max-w-[calc(100vw-1.5rem)] p-4", className)}
        {...props}
      />
    </Radix.Portal>
  );
}
