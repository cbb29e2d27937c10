"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** A few words on hover and focus; never the only place they are said. The child must take focus. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-sm bg-ink px-2.5 py-1.5 text-sm text-bg shadow-pop data-[state=delayed-open]:animate-in data-[state=delayed-open]:fade-in-0"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
