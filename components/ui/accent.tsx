import type { ReactNode } from "react";
import { type Accent, accentOf } from "@/lib/kernel/color";
import { cx } from "./cx";

/** Gives the whole page, pop-ups included, a business's colour for as long as it is rendered. For layouts. */
export function AccentStyle({ color }: { color: string }) {
  const rules = Object.entries(variables(color)).map(([name, value]) => `${name}:${value}`);
  return <style>{`:root{${rules.join(";")}}`}</style>;
}

/** Gives one part of a page a business's colour: a card among others. */
export function AccentScope({
  color,
  className,
  children,
}: {
  color: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cx("accent-scope", className)} style={variables(color)}>
      {children}
    </div>
  );
}

function variables(color: string): Record<string, string> {
  const { light, dark } = accentOf(color);
  return { ...named("light", light), ...named("dark", dark) };
}

function named(theme: string, accent: Accent): Record<string, string> {
  return {
    [`--${theme}-fill`]: accent.fill,
    [`--${theme}-on-fill`]: accent.onFill,
    [`--${theme}-strong`]: accent.strong,
    [`--${theme}-on-strong`]: accent.onStrong,
    [`--${theme}-soft`]: accent.soft,
    [`--${theme}-ring`]: accent.ring,
  };
}
